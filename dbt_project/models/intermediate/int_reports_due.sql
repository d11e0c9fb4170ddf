-- For each target's window: which reports were due by the day of the build, which came, and from how many parts.
with

sources as (
    select * from {{ ref('int_window_sources') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
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

subdistricts as (
    select
        ancestors.ancestor_code as area_code,
        count(*) as parts
    from ancestors
    inner join areas on ancestors.area_code = areas.area_code and areas.level = 'subdistrict'
    group by all
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
        sources.*,
        due_months.month,
        if(indicators.reporting_level = 'subdistrict', coalesce(subdistricts.parts, 1), 1) as parts_due
    from sources
    inner join due_months
        on
            sources.indicator_code = due_months.indicator_code
            and due_months.month between sources.first_month and sources.judged_month
    inner join indicators on sources.indicator_code = indicators.indicator_code
    left join subdistricts on sources.area_code = subdistricts.area_code
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
