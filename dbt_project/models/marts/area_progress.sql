with

areas as (
    select * from {{ ref('stg_areas') }}
),

progress as (
    select *
    from {{ ref('indicator_progress') }}
    where in_force
),

counted as (
    select
        area_code,
        {{ standing_counts('progress') }}
    from progress
    group by all
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        areas.area_code,
        areas.name_zh as area_name,
        areas.level,
        counted.* exclude (area_code)
    from areas
    inner join counted using (area_code)
)

select * from final
order by area_code
