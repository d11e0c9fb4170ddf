-- For each target's window: which reports were due by the day of the build, which came, and from how many parts.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
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
        is_own,
        parts_reported
    from {{ ref('int_monthly_flows') }}
),

levels as (
    select
        indicator_code,
        area_code,
        month,
        is_own,
        parts_reported
    from {{ ref('int_monthly_levels') }}
),

reports as (
    select * from flows
    union all
    select * from levels
),

subdistricts as (
    select
        ancestors.ancestor_code as area_code,
        count(*) as parts
    from ancestors
    inner join areas on ancestors.area_code = areas.area_code and areas.level = 'subdistrict'
    group by all
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

due_months as (
    select distinct
        indicator_code,
        month,
        deadline
    from figures_due
),

due as (
    select
        rests_on.*,
        due_months.month,
        if(indicators.reporting_level = 'subdistrict', coalesce(subdistricts.parts, 1), 1) as parts_due
    from rests_on
    inner join due_months
        on
            rests_on.indicator_code = due_months.indicator_code
            and due_months.month between rests_on.first_month and rests_on.judged_month
    inner join indicators on rests_on.indicator_code = indicators.indicator_code
    left join subdistricts on rests_on.area_code = subdistricts.area_code
    where {{ was_due('due_months.deadline') }}
),

received as (
    select
        due.*,
        reports.month is not null as is_received,
        case
            when reports.month is null then 0
            when reports.is_own then due.parts_due
            else reports.parts_reported
        end as parts_reported
    from due
    left join reports
        on
            due.indicator_code = reports.indicator_code
            and due.area_code = reports.area_code
            and due.month = reports.month
),

final as (
    select
        target_code,
        first_month,
        count(*) as reports_due,
        count(*) filter (where is_received) as reports_received,
        sum(parts_due) as parts_due,
        sum(parts_reported) as parts_reported,
        list(distinct month order by month) filter (where not is_received) as missing_months,
        -- The newest report of some indicator that it rests on is missing.
        max(month) filter (where not is_received) = max(month) as newest_is_missing,
        coalesce(
            sum(parts_due) filter (where is_received) > sum(parts_reported) filter (where is_received), false
        ) as has_missing_parts
    from received
    group by all
)

select * from final
