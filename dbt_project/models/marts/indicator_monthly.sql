with

indicators as (
    select * from {{ ref('stg_indicators') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

reports as (
    select * from {{ ref('int_monthly_reports') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

-- Each month's year so far; the months asked for as history are exactly those that begin in January.
years_so_far as (
    select *
    from figures
    where first_month = {{ january_of('last_month') }}
),

spans as (
    select
        indicator_code,
        area_code,
        min(last_month) as since
    from years_so_far
    where value is not null
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
            when reports.month is null then null
            when indicators.aggregation in ('ratio', 'ratio_last')
                then {{ divide('reports.amount', 'reports.base', 'indicators.scale') }}
            else reports.amount
        end as value,
        if(indicators.aggregation in ('ratio', 'ratio_last'), reports.amount, null) as numerator,
        if(indicators.aggregation in ('ratio', 'ratio_last'), reports.base, null) as denominator,
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
        cast(reports.parts_reported as integer) as parts_reported
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
    left join figures as years_before
        on
            years_so_far.indicator_code = years_before.indicator_code
            and years_so_far.area_code = years_before.area_code
            and years_so_far.first_month - 12 = years_before.first_month
            and years_so_far.last_month - 12 = years_before.last_month
)

select * from final
order by indicator_code, area_code, period
