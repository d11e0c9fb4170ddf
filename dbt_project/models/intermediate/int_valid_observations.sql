-- Which observation is valid on the day of the build: the newest; a withdrawal leaves none.
with

observations as (
    select * from {{ ref('stg_observations') }}
),

newest as (
    select *
    from observations
    where month <= {{ the_month() }}
    qualify row_number() over (
        partition by indicator_code, area_code, month
        order by sequence desc, row_number desc
    ) = 1
),

final as (
    select *
    from newest
    where kind <> 'withdrawal'
)

select * from final
