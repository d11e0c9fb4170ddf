-- A number for each area, in the order of their codes: whole numbers are joined and sorted faster than codes.
with

areas as (
    select * from {{ ref('stg_areas') }}
),

final as (
    select
        cast(row_number() over (order by area_code) as integer) as area_number,
        area_code
    from areas
)

select * from final
