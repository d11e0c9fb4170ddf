-- Each window's figure month by month: whether it met the target then, whether it ever had, and how often it had not.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

pace_lines as (
    select * from {{ ref('int_pace_lines') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

held_against as (
    select
        windows.target_code,
        windows.first_month,
        pace_lines.month,
        windows.comparator,
        windows.aggregation,
        windows.judged,
        windows.decimals,
        windows.tolerance,
        pace_lines.goal,
        pace_lines.earlier_value,
        pace_lines.lower_bound,
        pace_lines.upper_bound,
        pace_lines.is_open_below,
        pace_lines.is_open_above,
        figures.numerator,
        figures.denominator,
        figures.scale,
        figures.value,
        figures.reason,
        figures.reported_through
    from windows
    inner join pace_lines
        on
            windows.target_code = pace_lines.target_code
            and windows.first_month = pace_lines.first_month
            and pace_lines.month between windows.first_month and windows.judged_month
    left join figures
        on
            windows.indicator_code = figures.indicator_code
            and windows.area_code = figures.area_code
            and windows.first_month = figures.first_month
            and pace_lines.month = figures.last_month
),

met as (
    select
        *,
        {{ is_met('held_against') }} as is_met
    from held_against
),

-- A month without a report says nothing new.
changes as (
    select
        *,
        not is_met
        and (
            lag(is_met) over by_month is distinct from false
            or lag(reported_through) over by_month is distinct from reported_through
        ) as is_breach
    from met
    window by_month as (partition by target_code, first_month order by month)
),

final as (
    select
        target_code,
        first_month,
        month,
        numerator,
        denominator,
        scale,
        value,
        coalesce(reason, if(value is null, 'not_reported', null)) as reason,
        reported_through,
        is_met,
        coalesce(bool_or(is_met) over so_far, false) as was_ever_met,
        count(*) filter (where is_breach) over so_far as breaches,
        coalesce(is_breach, false) as is_breach
    from changes
    window so_far as (partition by target_code, first_month order by month)
)

select * from final
