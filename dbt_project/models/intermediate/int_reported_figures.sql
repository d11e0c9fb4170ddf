-- The figures of the indicators that somebody reports, over the months asked for.
with

asked as (
    select * from {{ ref('int_figures_asked_for') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

flows as (
    select * from {{ ref('int_monthly_flows') }}
),

levels as (
    select * from {{ ref('int_monthly_levels') }}
),

contributions as (
    select * from {{ ref('int_contributions') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

numbered as (
    select
        asked.*,
        indicator_numbers.indicator_number,
        area_numbers.area_number
    from asked
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
),

-- Running totals since the first report, of what is asked for alone.
flows_so_far as (
    select
        indicator_number,
        area_number,
        month,
        sum(amount) over so_far as amount_so_far,
        sum(base) over so_far as base_so_far,
        sum(figures) over so_far as figures_so_far,
        row_number() over so_far as months_so_far
    from flows
    semi join numbered using (indicator_number, area_number)
    window so_far as (partition by indicator_number, area_number order by month)
),

levels_so_far as (
    select
        indicator_number,
        area_number,
        month,
        amount,
        base,
        count(*) filter (where has_figure) over so_far as figures_so_far
    from levels
    semi join numbered using (indicator_number, area_number)
    window so_far as (partition by indicator_number, area_number order by month)
),

asked_flows as (
    select numbered.*
    from numbered
    inner join indicators using (indicator_code)
    where indicators.aggregation in ('sum', 'mean', 'ratio')
),

asked_levels as (
    select numbered.*
    from numbered
    inner join indicators using (indicator_code)
    where indicators.aggregation in ('last', 'ratio_last')
),

-- A running total does not say how much of it lies before the first month asked for and how much after (R4).
straddling as (
    select
        asked_flows.indicator_number,
        asked_flows.area_number,
        asked_flows.first_month,
        asked_flows.last_month,
        sum(contributions.amount) as amount,
        sum(contributions.base) as base,
        count(contributions.amount) as figures,
        count(distinct contributions.month) as months
    from asked_flows
    inner join contributions
        on
            contributions.is_block
            and asked_flows.indicator_number = contributions.indicator_number
            and asked_flows.area_number = contributions.area_number
            and contributions.month between asked_flows.first_month and asked_flows.last_month
            and asked_flows.first_month > contributions.first_month_held
    group by all
),

-- A running total up to the last month, less the running total before the first.
flow_figures as (
    select
        asked_flows.*,
        until.amount_so_far - coalesce(before.amount_so_far, 0) - coalesce(straddling.amount, 0) as amount,
        until.base_so_far - coalesce(before.base_so_far, 0) - coalesce(straddling.base, 0) as base,
        until.figures_so_far - coalesce(before.figures_so_far, 0) - coalesce(straddling.figures, 0) as figures,
        until.months_so_far - coalesce(before.months_so_far, 0) - coalesce(straddling.months, 0) as months_counted,
        if(months_counted > 0, until.month, null) as reported_through
    from asked_flows
    asof left join flows_so_far as until
        on
            asked_flows.indicator_number = until.indicator_number
            and asked_flows.area_number = until.area_number
            and asked_flows.last_month >= until.month
    asof left join flows_so_far as before
        on
            asked_flows.indicator_number = before.indicator_number
            and asked_flows.area_number = before.area_number
            and asked_flows.first_month > before.month
    left join straddling
        on
            asked_flows.indicator_number = straddling.indicator_number
            and asked_flows.area_number = straddling.area_number
            and asked_flows.first_month = straddling.first_month
            and asked_flows.last_month = straddling.last_month
),

level_figures as (
    select
        asked_levels.*,
        until.month as reported_through,
        until.amount,
        until.base,
        until.figures_so_far - coalesce(before.figures_so_far, 0) as figures
    from asked_levels
    asof left join levels_so_far as until
        on
            asked_levels.indicator_number = until.indicator_number
            and asked_levels.area_number = until.area_number
            and asked_levels.last_month >= until.month
    asof left join levels_so_far as before
        on
            asked_levels.indicator_number = before.indicator_number
            and asked_levels.area_number = before.area_number
            and asked_levels.first_month > before.month
),

figures as (
    select * exclude (months_counted) from flow_figures
    union all by name
    select * from level_figures
),

fractions as (
    select
        figures.indicator_code,
        figures.area_code,
        figures.first_month,
        figures.last_month,
        if(figures.reported_through >= figures.first_month, figures.reported_through, null) as reported_through,
        indicators.aggregation in ('ratio', 'ratio_last') as is_ratio,
        case
            when figures.reported_through is null or figures.reported_through < figures.first_month
                then 'not_reported'
            when figures.figures = 0 then 'not_applicable'
            when is_ratio and figures.base = 0 then 'zero_denominator'
        end as reason,
        cast(if(reason is null, figures.amount, null) as decimal(24, 6)) as numerator,
        cast(if(is_ratio or indicators.aggregation = 'mean', figures.base, 1) as decimal(24, 6)) as denominator,
        cast(if(is_ratio, indicators.scale, 1) as decimal(24, 6)) as times
    from figures
    inner join indicators using (indicator_code)
),

final as (
    select
        indicator_code,
        area_code,
        first_month,
        last_month,
        reported_through,
        reason,
        numerator,
        denominator,
        times as scale,
        {{ divide('numerator', 'denominator', 'times') }} as value
    from fractions
)

select * from final
