-- The parts that are missing in months of a window that others have reported.
with

sources as (
    select * from {{ ref('int_window_sources') }}
),

figures_due as (
    select * from {{ ref('int_figures_due') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

reports as (
    select * from {{ ref('int_monthly_reports') }}
),

due as (
    select
        sources.*,
        figures_due.area_code as part_code,
        figures_due.month
    from sources
    inner join ancestors on sources.area_code = ancestors.ancestor_code and ancestors.distance > 0
    inner join figures_due
        on
            sources.indicator_code = figures_due.indicator_code
            and ancestors.area_code = figures_due.area_code
            and figures_due.month between sources.first_month and sources.judged_month
    where {{ was_due('figures_due.deadline') }}
),

missing as (
    select distinct
        due.target_code,
        due.first_month,
        due.part_code
    from due
    inner join reports
        on
            due.indicator_code = reports.indicator_code
            and due.area_code = reports.area_code
            and due.month = reports.month
            and not reports.is_own
    left join reports as of_part
        on
            due.indicator_code = of_part.indicator_code
            and due.part_code = of_part.area_code
            and due.month = of_part.month
    where of_part.month is null
),

final as (
    select
        missing.target_code,
        missing.first_month,
        list(areas.name_zh order by missing.part_code) as part_names
    from missing
    inner join areas on missing.part_code = areas.area_code
    group by all
)

select * from final
