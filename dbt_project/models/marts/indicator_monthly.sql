with

history as (
    select * from {{ ref('int_monthly_history') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

-- Months without a figure of their own that a running total holds.
covers as (
    select
        indicator_number,
        area_number,
        month_held as month,
        max(held_from) as covered_by
    from {{ ref('int_months_held') }}
    where is_block
    group by all
),

-- Of what is derived, the months asked for as history are exactly those that begin with the reporting year.
derived_years as (
    select
        figures.*,
        min(figures.last_month) filter (where figures.value is not null) over (
            partition by figures.indicator_code, figures.area_code
        ) as since
    from figures
    inner join indicators using (indicator_code)
    where indicators.input_a is not null and figures.first_month = {{ year_start_of('figures.last_month') }}
),

derived_history as (
    select
        indicator_numbers.indicator_number,
        area_numbers.area_number,
        derived_years.last_month as month,
        derived_years.value as running_total,
        years_before.value as year_before
    from derived_years
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
    left join figures as years_before
        on
            derived_years.indicator_code = years_before.indicator_code
            and derived_years.area_code = years_before.area_code
            and derived_years.first_month - 12 = years_before.first_month
            and derived_years.last_month - 12 = years_before.last_month
    where derived_years.last_month >= derived_years.since
),

months as (
    select * from history
    union all by name
    select * from derived_history
),

-- A running total over several months says nothing of any one of them. Growth is divided as whole numbers.
covered as (
    select
        months.* replace (
            if(covers.covered_by is null, months.value, null) as value,
            if(covers.covered_by is null, months.numerator, null) as numerator,
            if(covers.covered_by is null, months.denominator, null) as denominator
        ),
        covers.covered_by,
        {{ millionths('months.running_total - months.year_before') }} as growth_whole,
        if(months.year_before > 0, {{ millionths('months.year_before') }}, null) as year_before_whole
    from months
    left join covers using (indicator_number, area_number, month)
),

final as (
    select
        covered.indicator_number,
        covered.area_number,
        covered.month,
        indicator_numbers.indicator_code,
        area_numbers.area_code,
        {{ month_text('covered.month') }} as period,
        indicators.name_zh as indicator_name,
        areas.name_zh as area_name,
        areas.level as area_level,
        indicators.unit,
        covered.value,
        covered.numerator,
        covered.denominator,
        covered.running_total,
        covered.year_before,
        {{ divide_whole('(covered.growth_whole * 100000000)', 'covered.year_before_whole') }} as growth_pct,
        coalesce(covered.is_reported, false) as is_reported,
        covered.kinds as report_kinds,
        if(covered.is_reported, if(covered.is_own, 'own', 'parts'), null) as source,
        covered.parts_reported,
        {{ month_text('covered.covered_by') }} as covered_by,
        coalesce(covered.is_not_due, false) as is_not_due,
        coalesce(covered.looks_cumulative, false) as looks_cumulative
    from covered
    inner join indicator_numbers using (indicator_number)
    inner join area_numbers using (area_number)
    inner join indicators using (indicator_code)
    inner join areas using (area_code)
)

-- The order of the numbers is that of the codes.
select * exclude (indicator_number, area_number, month)
from final
order by indicator_number, area_number, month
