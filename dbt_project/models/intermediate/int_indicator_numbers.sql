-- A number for each indicator, in the order of their codes: whole numbers are joined and sorted faster than codes.
with

indicators as (
    select * from {{ ref('stg_indicators') }}
),

final as (
    select
        cast(row_number() over (order by indicator_code) as integer) as indicator_number,
        indicator_code,
        aggregation
    from indicators
)

select * from final
