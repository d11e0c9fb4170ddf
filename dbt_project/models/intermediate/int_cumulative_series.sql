-- Series of months' figures that look like running totals, as known on the day of the build: in one reporting year four
-- months or more in a row, each above the one before, the newest at least twice the first; and what a person ruled.
with

statements as (
    select * from {{ ref('stg_statements') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

rulings as (
    select * from {{ ref('stg_rulings') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

figures as (
    select
        indicator_numbers.indicator_number,
        area_numbers.area_number,
        statements.month,
        statements.value,
        {{ year_start_of('statements.month') }} as year_start
    from statements
    inner join indicators using (indicator_code)
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
    where statements.kind = 'figure' and indicators.aggregation = 'sum' and indicators.frequency = 'monthly'
),

steps as (
    select
        *,
        coalesce(lag(month) over by_month <> month - 1 or lag(value) over by_month >= value, true) as begins_a_run
    from figures
    window by_month as (partition by indicator_number, area_number, year_start order by month)
),

runs as (
    select
        *,
        count(*) filter (where begins_a_run) over (
            partition by indicator_number, area_number, year_start
            order by month
        ) as run
    from steps
),

rising as (
    select
        indicator_number,
        area_number,
        year_start
    from runs
    group by indicator_number, area_number, year_start, run
    having count(*) >= {{ var('cumulative_months') }} and min(value) > 0 and max(value) >= 2 * min(value)
),

series as (
    select distinct
        indicator_numbers.indicator_code,
        area_numbers.area_code,
        rising.year_start,
        concat_ws('/', indicator_numbers.indicator_code, area_numbers.area_code, rising.year_start // 12) as key
    from rising
    inner join indicator_numbers using (indicator_number)
    inner join area_numbers using (area_number)
),

final as (
    select
        series.*,
        rulings.verdict
    from series
    left join rulings on rulings.kind = 'cumulative' and series.key = rulings.key
)

select * from final
