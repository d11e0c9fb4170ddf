-- The plan in force, with a number for each indicator and area: numbers join and sort many times faster than names.

create or replace temp table catalogue as
select
    cast(row_number() over (order by indicator_code) as bigint) as indicator_number,
    indicator_code,
    name_zh,
    name_en,
    unit,
    aggregation,
    numerator_name_zh,
    denominator_name_zh,
    scale,
    organization_code as owner_code,
    reporting_level,
    frequency,
    reported_as,
    value_min,
    value_max,
    decimals,
    aggregation in ('ratio', 'ratio_last') as is_ratio,
    exists (
        select 1
        from plan.current_targets as targets
        where targets.indicator_code = indicators.indicator_code and targets.comparator in ('done', 'evidence')
    ) as needs_proof,
    -- A rate in percent that is promised in tens: 0.9 of it is hardly 0.9 %.
    unit = '%' and exists (
        select 1
        from plan.current_targets as targets
        where targets.indicator_code = indicators.indicator_code and targets.target_value >= 10
    ) as is_in_tens_of_percent,
    aggregation in ('growth', 'multiple', 'increment', 'quotient', 'difference', 'total') as is_derived
from plan.current_indicators as indicators;

-- The names of indicators, where a name is one's alone.
create or replace temp table indicator_names as
select
    letters(name_zh) as name,
    any_value(indicator_code) as indicator_code
from catalogue
group by all
having count(*) = 1;

-- Who reports an area of an indicator that is not one organization's for all areas and all time.
create or replace temp table reporters as
select
    indicator_code,
    area_code,
    organization_code,
    to_period
from plan.current_indicator_reporters;

create or replace temp table areas as
select
    cast(row_number() over (order by area_code) as bigint) as area_number,
    area_code,
    level,
    name_zh
from plan.current_areas;

create or replace temp table district as
select value as area_code
from plan.current_settings
where key = 'area_code';

-- The first month of the reporting year that a month lies in.
create or replace temp table terms as
select cast(value as integer) as year_starts
from plan.current_settings
where key = 'year_starts';

create or replace temp macro year_start_of(month) as
    month - (month - (select terms.year_starts from terms) + 1) % 12;

-- What an area may be written as.
create or replace temp table area_texts as
select
    area_code as text,
    area_number,
    level,
    name_zh
from areas
union all
select
    '' as text,
    area_number,
    level,
    name_zh
from areas
semi join district using (area_code);

-- The areas by their names, where a name is one area's alone.
create or replace temp table area_names as
with names as (
    select
        letters(name_zh) as name,
        area_code
    from areas
    union
    select
        unnest(['全区', '区级', '全市', '全县']) as name,
        area_code
    from district
)

select
    name,
    any_value(area_code) as area_code
from names
group by name
having count(*) = 1;

-- What is reported as a value each month, with its range in 64 bits, which a plain figure always fits.
create or replace temp table own_figures as
select
    indicator_number,
    indicator_code,
    name_zh,
    unit,
    owner_code,
    reporting_level,
    decimals,
    is_in_tens_of_percent,
    try_cast(coalesce(value_min, -999999999999) as decimal(18, 6)) as lowest,
    try_cast(coalesce(value_max, 999999999999.999999) as decimal(18, 6)) as highest
from catalogue
anti join reporters using (indicator_code)
where not is_ratio and not is_derived and not needs_proof and frequency = 'monthly' and reported_as = 'month';
