with

indicators as (
    select * from {{ ref('stg_indicators') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

flows as (
    select * from {{ ref('int_monthly_flows') }}
),

levels as (
    select * from {{ ref('int_monthly_levels') }}
),

months_held as (
    select * from {{ ref('int_months_held') }}
),

observations as (
    select * from {{ ref('int_valid_observations') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

reports as (
    select
        indicator_code,
        area_code,
        month,
        is_own,
        parts_reported,
        kinds,
        amount,
        base,
        has_block
    from flows
    union all
    select
        indicator_code,
        area_code,
        month,
        is_own,
        parts_reported,
        kinds,
        amount,
        base,
        false as has_block
    from levels
),

-- Months without a figure of their own that a running total holds.
covers as (
    select
        indicator_code,
        area_code,
        month_held as month,
        max(held_from) as covered_by
    from months_held
    where held_from > month_held or first_month_held < month_held
    group by all
),

-- Figures that are kept and not counted: of months for which none was due, or that wait for a ruling.
uncounted as (
    select
        indicator_code,
        area_code,
        month,
        bool_or(is_not_due) as is_not_due,
        bool_or(looks_cumulative) as looks_cumulative
    from observations
    where is_not_due or looks_cumulative
    group by all
),

-- Each month's year so far; the months asked for as history are exactly those that begin with the reporting year.
years_so_far as (
    select *
    from figures
    where first_month = {{ year_start_of('last_month') }}
),

spans as (
    select
        indicator_code,
        area_code,
        min(last_month) as since
    from (
        select
            indicator_code,
            area_code,
            last_month
        from years_so_far
        where value is not null
        union all
        select
            indicator_code,
            area_code,
            month as last_month
        from uncounted
    ) as known_months
    group by all
),

final as (
    select
        years_so_far.indicator_code,
        years_so_far.area_code,
        {{ month_text('years_so_far.last_month') }} as period,
        indicators.name_zh as indicator_name,
        areas.name_zh as area_name,
        indicators.unit,
        case
            -- A running total over several months says nothing of any one of them.
            when reports.month is null or covers.covered_by is not null then null
            when indicators.aggregation in ('ratio', 'ratio_last')
                then {{ divide('reports.amount', 'reports.base', 'indicators.scale') }}
            else reports.amount
        end as value,
        if(
            indicators.aggregation in ('ratio', 'ratio_last') and covers.covered_by is null, reports.amount, null
        ) as numerator,
        if(
            indicators.aggregation in ('ratio', 'ratio_last') and covers.covered_by is null, reports.base, null
        ) as denominator,
        years_so_far.value as running_total,
        years_before.value as year_before,
        if(
            years_before.value > 0,
            {{ divide('years_so_far.value - years_before.value', 'years_before.value', '100') }},
            null
        ) as growth_pct,
        reports.month is not null as is_reported,
        reports.kinds as report_kinds,
        if(reports.month is null, null, if(reports.is_own, 'own', 'parts')) as source,
        cast(reports.parts_reported as integer) as parts_reported,
        {{ month_text('covers.covered_by') }} as covered_by,
        coalesce(uncounted.is_not_due, false) as is_not_due,
        coalesce(uncounted.looks_cumulative, false) as looks_cumulative
    from years_so_far
    inner join indicators using (indicator_code)
    inner join spans
        on
            years_so_far.indicator_code = spans.indicator_code
            and years_so_far.area_code = spans.area_code
            and years_so_far.last_month >= spans.since
    left join areas on years_so_far.area_code = areas.area_code
    left join reports
        on
            years_so_far.indicator_code = reports.indicator_code
            and years_so_far.area_code = reports.area_code
            and years_so_far.last_month = reports.month
    left join covers
        on
            years_so_far.indicator_code = covers.indicator_code
            and years_so_far.area_code = covers.area_code
            and years_so_far.last_month = covers.month
    left join uncounted
        on
            years_so_far.indicator_code = uncounted.indicator_code
            and years_so_far.area_code = uncounted.area_code
            and years_so_far.last_month = uncounted.month
    left join figures as years_before
        on
            years_so_far.indicator_code = years_before.indicator_code
            and years_so_far.area_code = years_before.area_code
            and years_so_far.first_month - 12 = years_before.first_month
            and years_so_far.last_month - 12 = years_before.last_month
)

select * from final
order by indicator_code, area_code, period
