-- The parts that are missing in months of a window that others have reported.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
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

flows as (
    select
        indicator_code,
        area_code,
        month,
        is_own
    from {{ ref('int_monthly_flows') }}
),

levels as (
    select
        indicator_code,
        area_code,
        month,
        is_own
    from {{ ref('int_monthly_levels') }}
),

-- The reported indicators that each window rests on.
rests_on as (
    select
        windows.target_code,
        windows.area_code,
        windows.first_month,
        windows.judged_month,
        unnest(derivations.reported_codes) as indicator_code
    from windows
    inner join derivations using (indicator_code)
),

due as (
    select
        rests_on.*,
        figures_due.area_code as part_code,
        figures_due.month
    from rests_on
    inner join ancestors on rests_on.area_code = ancestors.ancestor_code and ancestors.distance > 0
    inner join figures_due
        on
            rests_on.indicator_code = figures_due.indicator_code
            and ancestors.area_code = figures_due.area_code
            and figures_due.month between rests_on.first_month and rests_on.judged_month
    where {{ was_due('figures_due.deadline') }}
),

reported as (
    select * from flows
    union all
    select * from levels
),

missing as (
    select distinct
        due.target_code,
        due.first_month,
        due.part_code
    from due
    inner join reported
        on
            due.indicator_code = reported.indicator_code
            and due.area_code = reported.area_code
            and due.month = reported.month
            and not reported.is_own
    left join reported as of_part
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
