-- A plan of its own: $organizations departments, each with 20 monthly indicators for $areas subdistricts.
insert into plan.versions values ('benchmark', 1, timestamp '2024-01-01');

insert into plan.settings values
('benchmark', 'area_code', '210504'),
('benchmark', 'reporting_starts', '2023-11'),
('benchmark', 'deadline_day', '5'),
('benchmark', 'year_starts', '1'),
('benchmark', 'attainment_decimals', '1');

insert into plan.organizations (plan_version, organization_code, name_zh, kind, aliases)
select
    'benchmark' as plan_version,
    printf('D%02d', number) as organization_code,
    '样例部门' || number as name_zh,
    'department' as kind,
    null as aliases
from range(cast($organizations as bigint)) as numbers (number);

insert into plan.areas
select
    'benchmark' as plan_version,
    printf('210504%06d', number) as area_code,
    '样例街道' || number as name_zh,
    'subdistrict' as level,
    '210504' as parent_code
from range(cast($areas as bigint)) as numbers (number);

insert into plan.areas values ('benchmark', '210504', '样例区', 'district', null);

insert into plan.indicators by name
select
    'benchmark' as plan_version,
    printf('%s_%02d', organizations.organization_code, number) as indicator_code,
    printf('样例指标%s_%02d', organizations.organization_code, number) as name_zh,
    '户' as unit,
    'last' as aggregation,
    organizations.organization_code,
    'subdistrict' as reporting_level,
    'monthly' as frequency,
    0 as value_min,
    100000 as value_max,
    0 as decimals,
    'month' as reported_as,
    0 as lag_months
from plan.organizations as organizations
cross join range(20) as numbers (number);

insert into plan.targets by name
select
    'benchmark' as plan_version,
    'T1' as target_code,
    'D00_00' as indicator_code,
    'C1' as commitment_code,
    '210504' as area_code,
    '2023-01' as window_start,
    '2025-12' as window_end,
    'none' as repeat,
    'at_least' as comparator,
    100 as target_value,
    'at_end' as judged,
    'none' as pace,
    'ends' as after_window,
    '样例' as quote_zh;
