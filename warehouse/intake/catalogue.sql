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
    value_min,
    value_max,
    decimals,
    aggregation in ('ratio', 'ratio_last') as is_ratio,
    aggregation in ('growth', 'multiple', 'increment', 'quotient', 'difference') as is_derived
from plan.current_indicators;

create or replace temp table areas as
select
    cast(row_number() over (order by area_code) as bigint) as area_number,
    area_code,
    level
from plan.current_areas;

create or replace temp table district as
select value as area_code
from plan.current_settings
where key = 'area_code';
