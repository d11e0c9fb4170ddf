-- For each window at each month it is looked at: which reports were due, which came, and from how many parts.
with

sources as (
    select * from {{ ref('int_window_sources') }}
),

window_months as (
    select * from {{ ref('int_window_months') }}
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

months_held as (
    select * from {{ ref('int_months_held') }}
),

plan_settings as (
    select * from {{ ref('stg_plan_settings') }}
),

subdistricts as (
    select
        ancestors.ancestor_code as area_code,
        count(*) as parts
    from ancestors
    inner join areas on ancestors.area_code = areas.area_code and areas.level = 'subdistrict'
    group by all
),

-- Months before reporting began are not due, and come as an opening balance.
due_months as (
    select distinct
        indicator_code,
        month,
        deadline,
        false as is_opening
    from figures_due
    where {{ was_due('deadline') }}
),

opening_of_each_month as (
    select
        sources.indicator_code,
        {{ months_each('any_value(indicators.frequency)') }} as months_each,
        unnest(range(
            min(sources.first_month), {{ month_number('any_value(plan_settings.reporting_starts)') }}
        )) as month,
        cast(null as date) as deadline,
        true as is_opening
    from sources
    cross join plan_settings
    inner join indicators using (indicator_code)
    where indicators.aggregation in ('sum', 'ratio')
    group by sources.indicator_code
),

opening_months as (
    select * exclude (months_each)
    from opening_of_each_month
    where {{ ends_a_report('month', 'months_each') }}
),

asked_months as (
    select * from due_months
    union all
    select * from opening_months
),

asked as (
    select
        sources.target_code,
        sources.first_month,
        sources.indicator_code,
        sources.indicator_number,
        sources.area_number,
        asked_months.month,
        asked_months.is_opening,
        if(indicators.reporting_level = 'subdistrict', coalesce(subdistricts.parts, 1), 1) as parts_due
    from sources
    inner join asked_months
        on
            sources.indicator_code = asked_months.indicator_code
            and asked_months.month between sources.first_month and sources.last_month
    inner join indicators on sources.indicator_code = indicators.indicator_code
    left join subdistricts on sources.area_code = subdistricts.area_code
),

-- Since when each month is known, from the area itself and from each of its parts; a running total that began before
-- the window says nothing of its months (R4).
known_since as (
    select
        asked.target_code,
        asked.first_month,
        asked.indicator_code,
        asked.month,
        months_held.part_number,
        months_held.is_own,
        min(months_held.held_from) as known_from
    from asked
    inner join months_held
        on
            asked.indicator_number = months_held.indicator_number
            and asked.area_number = months_held.area_number
            and asked.month = months_held.month_held
            and asked.first_month <= months_held.first_month_held
    group by all
),

known as (
    select
        target_code,
        first_month,
        indicator_code,
        month,
        min(known_from) filter (where is_own) as own_known_from,
        list(known_from) filter (where not is_own) as parts_known_from
    from known_since
    group by all
),

received as (
    select
        window_months.target_code,
        window_months.first_month,
        window_months.edition_month,
        asked.indicator_code,
        asked.month,
        asked.is_opening,
        asked.parts_due,
        case
            when known.own_known_from <= window_months.judged_month then asked.parts_due
            else coalesce(
                len(list_filter(known.parts_known_from, lambda known_from: known_from <= window_months.judged_month)), 0
            )
        end as parts_reported,
        parts_reported > 0 as is_received
    from window_months
    inner join asked
        on
            window_months.target_code = asked.target_code
            and window_months.first_month = asked.first_month
            and window_months.judged_month >= asked.month
    left join known
        on
            asked.target_code = known.target_code
            and asked.first_month = known.first_month
            and asked.indicator_code = known.indicator_code
            and asked.month = known.month
),

-- What is due of several indicators is due for a month once it is due of all of them.
due_of_all as (
    select
        target_code,
        first_month,
        count(distinct indicator_code) as indicators
    from sources
    group by all
),

complete_months as (
    select
        received.target_code,
        received.first_month,
        received.edition_month,
        received.month
    from received
    inner join due_of_all using (target_code, first_month)
    where not received.is_opening
    group by all
    having count(*) = any_value(due_of_all.indicators)
),

newest_months as (
    select
        target_code,
        first_month,
        edition_month,
        max(month) as due_month
    from complete_months
    group by all
),

received_by_month as (
    select
        *,
        max(month) filter (where not is_opening) over (
            partition by target_code, first_month, edition_month
        ) as newest_due_month
    from received
),

counted as (
    select
        target_code,
        first_month,
        edition_month,
        count(*) filter (where not is_opening) as reports_due,
        count(*) filter (where not is_opening and is_received) as reports_received,
        coalesce(sum(parts_due) filter (where not is_opening), 0) as parts_due,
        coalesce(sum(parts_reported) filter (where not is_opening), 0) as parts_reported,
        coalesce(list(distinct month order by month) filter (where not is_opening and not is_received), [])
            as missing_months,
        -- The newest report of some indicator that it rests on is missing.
        coalesce(
            max(month) filter (where not is_opening and not is_received)
            = max(month) filter (where not is_opening),
            false
        ) as newest_is_missing,
        coalesce(bool_or(is_received and parts_reported < parts_due), false) as has_missing_parts,
        coalesce(
            bool_or(month = newest_due_month and is_received and parts_reported < parts_due), false
        ) as newest_has_missing_parts,
        coalesce(bool_or(is_opening and not is_received), false) as lacks_opening,
        bool_or(is_received) as has_report
    from received_by_month
    group by all
),

final as (
    select
        counted.*,
        newest_months.due_month
    from counted
    left join newest_months using (target_code, first_month, edition_month)
)

select * from final
