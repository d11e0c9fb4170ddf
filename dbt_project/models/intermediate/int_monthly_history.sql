-- What is reported, month by month from the first report of each indicator and area on: the month's report where there
-- is one, the year so far, and the same months a year before.
{{ config(materialized="view") }}

with

flows as (
    select * from {{ ref('int_monthly_flows') }}
),

levels as (
    select * from {{ ref('int_monthly_levels') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

-- Figures that are kept and not counted: of months for which none was due, or that wait for a ruling.
uncounted as (
    select
        indicator_number,
        area_number,
        month,
        is_not_due,
        looks_cumulative
    from {{ ref('int_valid_observations') }}
    where is_not_due or looks_cumulative
),

-- What the sums of a year are divided by: of means the count, of rates the denominator, and multiplied by.
traits as (
    select
        indicator_numbers.indicator_number,
        indicators.aggregation in ('ratio', 'ratio_last') as is_rate,
        indicators.aggregation in ('ratio', 'ratio_last', 'mean') as is_divided,
        if(is_rate, {{ millionths('indicators.scale') }}, 1000000) as scale
    from indicators
    inner join indicator_numbers using (indicator_code)
),

-- The figure of a report's year so far, as a fraction; a level needs no other report.
years as (
    select
        indicator_number,
        area_number,
        month,
        is_own,
        parts_reported,
        kinds,
        amount,
        base,
        sum(amount) over year_so_far as amount_so_far,
        sum(base) over year_so_far as base_so_far
    from flows
    window year_so_far as (partition by indicator_number, area_number, {{ year_start_of('month') }} order by month)
    union all
    select
        indicator_number,
        area_number,
        month,
        is_own,
        parts_reported,
        kinds,
        amount,
        base,
        if(year_has_figure, amount, null) as amount_so_far,
        base as base_so_far
    from levels
),

-- Whole numbers for what is divided alone: most figures are not.
fractions as (
    select
        years.*,
        traits.is_rate,
        traits.is_divided,
        traits.scale,
        if(traits.is_rate, {{ millionths('years.amount') }}, null) as amount_whole,
        if(traits.is_rate, {{ millionths('years.base') }}, null) as base_whole,
        if(traits.is_divided, {{ millionths('years.amount_so_far') }}, null) as amount_so_far_whole,
        if(traits.is_divided, {{ millionths('years.base_so_far') }}, null) as base_so_far_whole
    from years
    inner join traits using (indicator_number)
),

reports as (
    select
        indicator_number,
        area_number,
        month as report_month,
        is_own,
        parts_reported,
        kinds,
        if(is_rate, {{ divide_whole('(amount_whole * scale)', 'base_whole') }}, amount) as value,
        if(is_rate, amount, null) as numerator,
        if(is_rate, base, null) as denominator,
        cast(if(
            is_divided,
            {{ divide_whole('(amount_so_far_whole * scale)', 'base_so_far_whole') }},
            amount_so_far
        ) as decimal(24, 6)) as running_total
    from fractions
),

-- What is not counted may be known before the first report; nothing is reported then.
first_uncounted as (
    select
        indicator_number,
        area_number,
        min(month) as report_month
    from uncounted
    group by all
),

beginnings as (
    select * from reports
    union all by name
    select first_uncounted.*
    from first_uncounted
    anti join reports
        on
            first_uncounted.indicator_number = reports.indicator_number
            and first_uncounted.area_number = reports.area_number
            and first_uncounted.report_month >= reports.report_month
),

-- A report stands until the next one.
spans as (
    select
        *,
        lead(report_month, 1, {{ the_month() }} + 1) over (
            partition by indicator_number, area_number
            order by report_month
        ) as next_report_month
    from beginnings
),

months as (
    select
        *,
        cast(unnest(range(report_month, next_report_month)) as integer) as month
    from spans
),

-- A month without a report has the year so far alone; a new year has nothing until its first report.
shown as (
    select
        months.indicator_number,
        months.area_number,
        months.month,
        months.kinds is not null and months.month = months.report_month as is_reported,
        if(is_reported, months.is_own, null) as is_own,
        if(is_reported, months.parts_reported, null) as parts_reported,
        if(is_reported, months.kinds, null) as kinds,
        if(is_reported, months.value, null) as value,
        if(is_reported, months.numerator, null) as numerator,
        if(is_reported, months.denominator, null) as denominator,
        if(
            {{ year_start_of('months.month') }} = {{ year_start_of('months.report_month') }},
            months.running_total,
            null
        ) as running_total,
        coalesce(uncounted.is_not_due, false) as is_not_due,
        coalesce(uncounted.looks_cumulative, false) as looks_cumulative
    from months
    left join uncounted using (indicator_number, area_number, month)
),

-- The history begins with the first month of which something is known.
final as (
    select
        *,
        lag(running_total, 12) over by_month as year_before
    from shown
    window by_month as (partition by indicator_number, area_number order by month)
    qualify bool_or(running_total is not null or is_not_due or looks_cumulative) over by_month
)

select * from final
