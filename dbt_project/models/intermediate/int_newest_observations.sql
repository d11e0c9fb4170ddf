-- The newest word on each indicator, area and month by the day of the build; it may be a withdrawal.
with

observations as (
    select * from {{ ref('stg_observations') }}
),

final as (
    select *
    from observations
    where month <= {{ the_month() }}
    qualify row_number() over (
        partition by indicator_code, area_code, month
        order by sequence desc, row_number desc
    ) = 1
)

select * from final
