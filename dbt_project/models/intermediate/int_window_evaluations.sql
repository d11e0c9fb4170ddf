-- Each window at each month it is looked at: its figure, what was expected, and how far it lies behind.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

window_months as (
    select * from {{ ref('int_window_months') }}
),

pace_lines as (
    select * from {{ ref('int_pace_lines') }}
),

window_figures as (
    select * from {{ ref('int_window_figures') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

reports_due as (
    select * from {{ ref('int_reports_due') }}
),

-- A report that is not due because others publish it later is awaited: by a closed window the last one.
dated as (
    select
        window_months.* exclude (is_closed),
        windows.* exclude (target_code, first_month, judged_month),
        reports_due.* exclude (target_code, first_month, edition_month),
        window_months.is_closed,
        windows.lag_months > 0
        and (
            (window_months.is_closed and window_months.judged_month < windows.last_month)
            or (
                reports_due.due_month is null
                and window_months.edition_month + 1 - windows.first_month >= windows.months_each
            )
        ) as is_awaiting_source,
        -- What is expected is taken at the newest month whose figure was due.
        case
            when window_months.is_closed and not is_awaiting_source then windows.last_month
            else coalesce(reports_due.due_month, windows.first_month - 1)
        end as paced_month
    from window_months
    inner join windows using (target_code, first_month)
    left join reports_due using (target_code, first_month, edition_month)
),

figured as (
    select
        dated.*,
        window_figures.numerator,
        window_figures.denominator,
        window_figures.scale,
        window_figures.value,
        coalesce(window_figures.reason, if(window_figures.value is null, 'not_reported', null)) as reason,
        window_figures.reported_through,
        window_figures.is_met,
        coalesce(window_figures.was_ever_met, false) as was_ever_met,
        coalesce(window_figures.breaches, 0) as breaches,
        held_against.goal,
        held_against.earlier_value,
        held_against.lacks_own_months,
        held_against.baseline_value,
        held_against.lower_bound,
        held_against.upper_bound,
        held_against.is_open_below,
        held_against.is_open_above,
        paced.start_value,
        paced.aim,
        paced.has_way,
        -- What is outside a band in force has to reach its nearest bound.
        case
            when dated.pace <> 'level' or dated.comparator not in ('between', 'about') then paced.expected_value
            when window_figures.value > held_against.upper_bound and not held_against.is_open_above
                then held_against.upper_bound
            when window_figures.value < held_against.lower_bound and not held_against.is_open_below
                then held_against.lower_bound
            else paced.expected_value
        end as expected_value,
        paced.expected_pct
    from dated
    left join window_figures
        on
            dated.target_code = window_figures.target_code
            and dated.first_month = window_figures.first_month
            and dated.judged_month = window_figures.month
    left join pace_lines as held_against
        on
            dated.target_code = held_against.target_code
            and dated.first_month = held_against.first_month
            and greatest(dated.judged_month, dated.first_month - 1) = held_against.month
    left join pace_lines as paced
        on
            dated.target_code = paced.target_code
            and dated.first_month = paced.first_month
            and dated.paced_month = paced.month
),

-- Growth is attained by its index: 104.2 of 107 where 4.2 % was reached of 7 %.
indexed as (
    select
        figured.*
        replace (
            if(aggregation = 'growth', numerator + denominator, numerator) as numerator,
            if(aggregation = 'growth', goal + 100, goal) as goal,
            if(aggregation = 'growth', lower_bound + 100, lower_bound) as lower_bound,
            if(aggregation = 'growth', upper_bound + 100, upper_bound) as upper_bound
        ),
        0 as zero
    from figured
),

attained as (
    select
        target_code,
        first_month,
        edition_month,
        cast({{ attained_pct('indexed') }} as decimal(24, 6)) as attained_pct
    from indexed
),

-- How far a level has gone from where it started; none where there is no way to go, or the far bound is passed.
gone as (
    select
        figured.*,
        attained.attained_pct,
        is_level and comparator not in ('done', 'evidence') and pace = 'linear' as is_level_on_its_way,
        comparator in ('between', 'about')
        and (
            (aim >= start_value and not is_open_above and {{ against('figured', 'upper_bound') }} > 0)
            or (aim <= start_value and not is_open_below and {{ against('figured', 'lower_bound') }} < 0)
        ) as is_past_far_bound,
        if(
            is_level_on_its_way and has_way,
            {{ percent_of_way('numerator', 'denominator', 'scale', 'start_value', 'aim') }},
            null
        ) as way_gone_pct,
        case
            when is_capped_sum and comparator in ('at_most', 'below', 'zero') then -1
            when aim < start_value then -1
            else 1
        end as direction,
        abs(aim - start_value) as pieces_in_all
    from figured
    inner join attained using (target_code, first_month, edition_month)
),

late as (
    select
        windows.target_code,
        windows.first_month,
        figures.value as late_value,
        figures.numerator,
        figures.denominator,
        figures.scale,
        pace_lines.goal,
        pace_lines.earlier_value,
        pace_lines.lower_bound,
        pace_lines.upper_bound,
        pace_lines.is_open_below,
        pace_lines.is_open_above,
        figures.value,
        windows.comparator,
        windows.aggregation,
        windows.decimals,
        windows.tolerance
    from windows
    inner join pace_lines
        on
            windows.target_code = pace_lines.target_code
            and windows.first_month = pace_lines.first_month
            and windows.last_month = pace_lines.month
    inner join figures
        on
            windows.after_window = 'counts'
            and windows.last_month < {{ the_month() }}
            and windows.indicator_code = figures.indicator_code
            and windows.area_code = figures.area_code
            and windows.first_month = figures.first_month
            and figures.last_month = {{ the_month() }}
            and windows.last_month < figures.reported_through
),

completed_late as (
    select
        target_code,
        first_month,
        late_value,
        coalesce({{ is_met('late') }}, false) as is_met_late
    from late
),

lagging as (
    select
        gone.*,
        counts_pieces and has_way and pace in ('linear', 'profile') and not (pace = 'profile' and is_level)
            as is_paced_by_pieces,
        is_level_on_its_way and (not has_way or is_past_far_bound) as is_held_as_level,
        case
            when comparator in ('zero', 'declines', 'rises') or (goal <= 0 and pace = 'level') then null
            when is_capped_sum and comparator in ('at_most', 'below')
                then {{ percent(['expected_value - value', '1'], ['goal', '1']) }}
            when is_held_as_level then least(0, attained_pct - 100)
            when is_paced_by_pieces then {{ percent(['value - expected_value', '1'], ['aim - start_value', '1']) }}
            when is_level_on_its_way then way_gone_pct - expected_pct
            else attained_pct - expected_pct
        end as lag_pp
    from gone
),

final as (
    select
        lagging.* exclude (lag_pp, is_report_month),
        lagging.is_report_month,
        cast(lagging.lag_pp as decimal(24, 6)) as lag_pp,
        lagging.attained_pct > 100
        and lagging.comparator in ('at_least', 'above', 'at_most', 'below') as is_more_than_asked,
        lagging.is_newest
        and not coalesce(lagging.is_met, false)
        and coalesce(completed_late.is_met_late, false) as is_met_late,
        if(lagging.is_newest, completed_late.late_value, null) as late_value
    from lagging
    left join completed_late using (target_code, first_month)
)

select * from final
