-- How each window stands: the figure, whether it meets the target, what is attained, and what was expected.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

expected as (
    select * from {{ ref('int_expected') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

settled as (
    select
        windows.*,
        indicators.favourable,
        indicators.aggregation,
        expected.goal,
        expected.earlier_value,
        expected.lacks_months_of_last_year,
        expected.baseline_value,
        expected.expected_value,
        expected.expected_pct as paced_pct,
        expected.lacks_line,
        if(windows.comparator = 'between', windows.target_value, windows.target_value - windows.tolerance)
            as lower_bound,
        if(windows.comparator = 'between', windows.upper_value, windows.target_value + windows.tolerance)
            as upper_bound,
        windows.judged_month = windows.last_month as is_closed
    from windows
    inner join indicators using (indicator_code)
    inner join expected using (target_code, first_month)
),

-- Each window at each of the months that its judgement looks at.
looks as (
    select
        settled.*,
        figures.last_month as look_month,
        figures.numerator,
        figures.denominator,
        figures.scale,
        figures.value,
        figures.reason,
        figures.reported_through
    from settled
    inner join figures
        on
            settled.indicator_code = figures.indicator_code
            and settled.area_code = figures.area_code
            and settled.first_month = figures.first_month
            and (
                settled.judged_month = figures.last_month
                or (
                    settled.judged = 'throughout'
                    and figures.last_month between settled.first_month and settled.judged_month
                )
                or (
                    settled.judged = 'as_reached' and settled.repeat = 'none' and figures.last_month = {{ the_month() }}
                )
            )
),

met as (
    select
        *,
        {{ is_met('looks') }} as is_met
    from looks
),

verdicts as (
    select
        target_code,
        first_month,
        -- A month without a report says nothing new.
        count(distinct reported_through) filter (where judged = 'throughout' and not is_met) as breaches,
        list(distinct reported_through) filter (where judged = 'throughout' and not is_met) as breach_months,
        bool_or(is_met) filter (where look_month > judged_month) as is_met_late,
        max(value) filter (where look_month > judged_month) as late_value
    from met
    group by all
),

final as (
    select
        met.* exclude (look_month),
        verdicts.breaches,
        verdicts.breach_months,
        not coalesce(met.is_met, false) and coalesce(verdicts.is_met_late, false) as is_met_late,
        verdicts.late_value,
        cast(
            {{ attained_pct('met', 'met.numerator', 'met.denominator', 'met.scale', 'met.is_met') }} as decimal(24, 6)
        ) as attained_pct,
        cast(
            coalesce(met.paced_pct, {{ attained_pct('met', 'met.expected_value', '1', '1', 'false') }})
            as decimal(24, 6)
        ) as expected_pct
    from met
    inner join verdicts using (target_code, first_month)
    where met.look_month = met.judged_month
)

select * from final
