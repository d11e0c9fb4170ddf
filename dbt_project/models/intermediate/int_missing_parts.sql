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

months_held as (
    select * from {{ ref('int_months_held') }}
),

due as (
    select
        sources.*,
        figures_due.area_code as part_code,
        ancestors.area_number as part_number,
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

due_months as (
    select distinct
        target_code,
        first_month,
        judged_month,
        indicator_number,
        area_number,
        month
    from due
),

known as (
    select
        due.target_code,
        due.first_month,
        due.indicator_number,
        due.month,
        list(distinct months_held.part_number) as parts_known,
        bool_or(months_held.is_own) as is_own
    from due_months as due
    inner join months_held
        on
            due.indicator_number = months_held.indicator_number
            and due.area_number = months_held.area_number
            and due.month = months_held.month_held
            and due.first_month <= months_held.first_month_held
            and due.judged_month >= months_held.held_from
    group by all
),

missing as (
    select distinct
        due.target_code,
        due.first_month,
        due.part_code
    from due
    inner join known using (target_code, first_month, indicator_number, month)
    where not known.is_own and not list_contains(known.parts_known, due.part_number)
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
