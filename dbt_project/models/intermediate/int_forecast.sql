-- Where each window is heading at its recent pace, and what each remaining month must bring.
with

statuses as (
    select *
    from {{ ref('int_window_statuses') }}
    where is_newest
),

flows as (
    select * from {{ ref('int_monthly_flows') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

windows as (
    select
        statuses.*,
        indicators.reporting_level,
        indicators.value_min,
        indicators.value_max,
        greatest(coalesce(statuses.due_month, statuses.first_month - 1), coalesce(statuses.reported_through, 0))
            as known_month,
        -- The reports still to come, and the months that they are about: a quarter that has begun is all of it ahead.
        ({{ report_number('statuses.last_month', 'statuses.months_each') }})
        - ({{ report_number('known_month', 'statuses.months_each') }}) as reports_left,
        statuses.months_each * reports_left as months_left,
        statuses.is_level or statuses.aggregation in ('quotient', 'difference', 'increment') as changes_as_level,
        -- What begins anew each year is not carried on by its change.
        statuses.begins_each_year as stays_within_year,
        {{ year_start_of('statuses.last_month') }} > {{ year_start_of('known_month') }} as runs_into_another_year
    from statuses
    inner join indicators using (indicator_code)
),

-- The newest three months with a figure, or the newest quarter or year (R10): a running total that holds more than
-- three months is used only where there is nothing else.
recent_flows as (
    select
        windows.target_code,
        windows.first_month,
        flows.month,
        flows.amount,
        flows.months_held * windows.months_each as months,
        flows.has_block and months > 3 as is_long
    from windows
    inner join indicator_numbers on windows.indicator_code = indicator_numbers.indicator_code
    inner join area_numbers on windows.area_code = area_numbers.area_code
    inner join flows
        on
            windows.aggregation = 'sum'
            and indicator_numbers.indicator_number = flows.indicator_number
            and area_numbers.area_number = flows.area_number
            and flows.month between windows.first_month and windows.judged_month
    where flows.amount is not null
),

newer_flows as (
    select
        *,
        coalesce(sum(months) over (
            partition by target_code, first_month, is_long
            order by month desc
            rows between unbounded preceding and 1 preceding
        ), 0) as newer_months,
        bool_or(not is_long) over (partition by target_code, first_month) as has_short
    from recent_flows
),

-- What those months brought, and how many they are.
flow_paces as (
    select
        target_code,
        first_month,
        -- What a running total has reached it keeps: a correction is nobody's pace.
        cast(greatest(sum(amount), 0) as decimal(24, 6)) as brought,
        cast(sum(months) as integer) as months_of_pace
    from newer_flows
    where newer_months < 3 and is_long = not has_short
    group by all
),

paced as (
    select
        windows.*,
        {{ divide_finely('windows.numerator', 'windows.denominator', 'windows.scale') }} as reached,
        if(windows.changes_as_level, greatest(windows.months_each, 3), flow_paces.months_of_pace) as months_of_pace,
        if(
            windows.changes_as_level,
            reached - {{ divide_finely('before.numerator', 'before.denominator', 'before.scale') }},
            flow_paces.brought
        ) as brought,
        -- A level is not foreseen where it cannot go; parts that are never below zero do not add up to less than that.
        windows.aggregation = 'ratio_last' or windows.reporting_level = 'district' as is_bounded_as_reported,
        case
            when not windows.changes_as_level then null
            when is_bounded_as_reported then windows.value_min
            when windows.value_min >= 0 then 0
        end as lowest,
        if(windows.changes_as_level and is_bounded_as_reported, windows.value_max, null) as highest
    from windows
    left join flow_paces using (target_code, first_month)
    left join figures as before
        on
            windows.changes_as_level
            and windows.indicator_code = before.indicator_code
            and windows.area_code = before.area_code
            and windows.first_month = before.first_month
            and windows.known_month - greatest(windows.months_each, 3) = before.last_month
),

-- The forecast, times the months of its pace: nothing is divided before it is multiplied.
headed as (
    select
        *,
        months_left <= 0 or stays_within_year or not (aggregation = 'sum' or changes_as_level) as stays,
        aggregation = 'total' and months_left > 0 or (stays_within_year and runs_into_another_year) as is_unknown,
        reached * months_of_pace + months_left * brought as heading_for,
        -- `least` and `greatest` pass over a bound that is not there, but would also pass over a missing pace.
        if(
            heading_for is null,
            null,
            least(greatest(heading_for, lowest * months_of_pace), highest * months_of_pace)
        ) as heading
    from paced
),

foreseen as (
    select
        headed.* replace (
            cast(case
                when headed.is_unknown then null
                when headed.stays then headed.numerator
                else headed.heading
            end as decimal(24, 6)) as numerator,
            cast(if(headed.stays, headed.denominator, headed.months_of_pace) as decimal(24, 6)) as denominator,
            if(headed.stays, headed.scale, 1) as scale,
            earlier.value as earlier_value
        )
    from headed
    -- A window's end is held against the end of the window a year before.
    left join figures as earlier
        on
            headed.comparator in ('declines', 'rises')
            and headed.indicator_code = earlier.indicator_code
            and headed.area_code = earlier.area_code
            and headed.first_month - 12 = earlier.first_month
            and headed.last_month - 12 = earlier.last_month
),

valued as (
    select
        * replace ({{ divide('numerator', 'denominator', 'scale') }} as value)
    from foreseen
),

forecast as (
    select
        target_code,
        first_month,
        value as forecast_value,
        -- What is lost for its window, no recovery wins back.
        if(is_lost, false, {{ is_met('valued') }}) as forecast_meets_target
    from valued
    where comparator <> 'evidence'
),

required as (
    select
        target_code,
        first_month,
        case
            when comparator not in ('between', 'about') then goal
            when value < lower_bound then lower_bound
            else upper_bound
        end as bound,
        case
            when months_left <= 0 or value is null then null
            -- What is lost, or owed at once, no month can make up for.
            when is_lost or pace = 'level' then null
            when comparator in ('zero', 'declines', 'rises', 'evidence') then null
            when aggregation <> 'sum' and not changes_as_level then null
            when stays_within_year and runs_into_another_year then null
            -- What a total may still take is asked for although it holds so far.
            when is_met and not (aggregation = 'sum' and comparator in ('at_most', 'below')) then 0
            else {{ divide_rest('bound', 'numerator', 'denominator', 'scale', 'months_left') }}
        end as required_monthly
    from windows
),

final as (
    select
        target_code,
        first_month,
        forecast.forecast_value,
        forecast.forecast_meets_target,
        cast(required.required_monthly as decimal(24, 6)) as required_monthly
    from required
    left join forecast using (target_code, first_month)
)

select * from final
