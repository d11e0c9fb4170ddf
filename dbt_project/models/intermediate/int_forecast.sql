-- Where each window is heading at its recent pace, and what each remaining month must bring.
with

judged as (
    select * from {{ ref('int_judged') }}
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

-- The newest three months with a figure; an opening balance is no month's pace.
recent_months as (
    select
        judged.target_code,
        judged.first_month,
        flows.amount
    from judged
    inner join flows
        on
            judged.aggregation = 'sum'
            and judged.indicator_code = flows.indicator_code
            and judged.area_code = flows.area_code
            and flows.month between judged.first_month and judged.judged_month
    where flows.amount is not null and not contains(flows.kinds, 'opening')
    qualify row_number() over (
        partition by judged.target_code, judged.first_month
        order by flows.month desc
    ) <= 3
),

monthly_pace as (
    select
        target_code,
        first_month,
        {{ divide('sum(amount)', 'count(*)') }} as pace
    from recent_months
    group by all
),

paced as (
    select
        judged.*,
        judged.last_month - judged.judged_month as months_left,
        judged.aggregation in ('last', 'ratio_last', 'quotient', 'difference', 'increment') as is_level,
        -- A level is not foreseen where it cannot go; parts that are never below zero do not add up to less than that.
        judged.aggregation = 'ratio_last' or indicators.reporting_level = 'district' as is_bounded_as_reported,
        if(is_bounded_as_reported, indicators.value_min, if(indicators.value_min >= 0, 0, null)) as lowest,
        if(is_bounded_as_reported, indicators.value_max, null) as highest,
        case
            -- What a running total has reached it keeps: a correction is nobody's pace.
            when judged.aggregation = 'sum' then if(monthly_pace.pace < 0, 0, monthly_pace.pace)
            when is_level then {{ divide('judged.value - before.value', '3') }}
        end as pace_per_month
    from judged
    inner join indicators using (indicator_code)
    left join monthly_pace using (target_code, first_month)
    left join figures as before
        on
            judged.indicator_code = before.indicator_code
            and judged.area_code = before.area_code
            and judged.first_month = before.first_month
            and judged.judged_month - 3 = before.last_month
),

forecast as (
    select
        *,
        cast(case
            when is_closed then value
            when aggregation = 'sum' then value + months_left * pace_per_month
            -- `least` and `greatest` pass over a bound that is not there, but would also pass over a missing pace.
            when is_level and pace_per_month is not null
                then least(greatest(value + months_left * pace_per_month, lowest), highest)
            when is_level then null
            else value
        end as decimal(24, 6)) as forecast_value
    from paced
),

-- The forecast has no fraction of its own; as a plain figure it is judged like any other.
foreseen as (
    select
        forecast.* exclude (value, numerator, denominator, scale, earlier_value),
        forecast.forecast_value as value,
        forecast.forecast_value as numerator,
        1 as denominator,
        1 as scale,
        forecast.value as actual_value,
        earlier.value as earlier_value
    from forecast
    -- A window's end is held against the end of the window a year before.
    left join figures as earlier
        on
            forecast.comparator in ('declines', 'rises')
            and forecast.indicator_code = earlier.indicator_code
            and forecast.area_code = earlier.area_code
            and forecast.first_month - 12 = earlier.first_month
            and forecast.last_month - 12 = earlier.last_month
),

final as (
    select
        target_code,
        first_month,
        forecast_value,
        {{ is_met('foreseen') }} as forecast_meets_target,
        cast(case
            when months_left = 0 or actual_value is null then null
            when comparator in ('zero', 'declines', 'rises', 'evidence') then null
            when aggregation <> 'sum' and not is_level then null
            -- What a total may still take is asked for although it holds so far.
            when is_met and not (aggregation = 'sum' and comparator in ('at_most', 'below')) then 0
            when comparator in ('between', 'about') and actual_value < lower_bound
                then {{ divide('lower_bound - actual_value', 'months_left') }}
            when comparator in ('between', 'about') then {{ divide('upper_bound - actual_value', 'months_left') }}
            else {{ divide('goal - actual_value', 'months_left') }}
        end as decimal(24, 6)) as required_monthly
    from foreseen
)

select * from final
