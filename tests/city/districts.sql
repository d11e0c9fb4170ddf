-- The marts of a small district's edition, as far as the city reads them: two measured targets, one share of a subdistrict.
create schema marts;
create table marts.areas as
select * from (values ('1', 'district'), ('11', 'subdistrict')) as t (area_code, level);
create table marts.commitments as select 'G01' as commitment_code, '一、就业' as section_zh;
create table marts.submission_compliance as
select * from (
    values
    ('A', '2023-11', 4, 4, 4, true), ('A', '2023-12', 4, 4, 2, true), ('B', '2023-12', 2, $received, 1, $received = 2)
) as t (organization_code, period, figures_expected, figures_received, figures_on_time, is_complete);
create table marts.indicator_progress as
select
    *,
    'G01' as commitment_code,
    true as in_force,
    'at_least' as comparator,
    cast(100 as decimal(24, 6)) as actual_value
from (
    values
    ('T1', '1', 'on_track', '达到序时进度', 'green', false),
    ('T2', '1', 'behind', '滞后', 'yellow', false),
    ('T3', '1', $status, '未报', 'grey', true),
    ('T4', '11', 'missed', '逾期未完成', 'red', false)
) as t (target_code, area_code, status, status_zh, light, is_owed);
create table marts.indicators as
select * replace (cast(scale as decimal(24, 6)) as scale)
from (
    values
    ('JOB', '新增就业', '人', 'up', 'sum', null, 0),
    ('RATE', '合格率', '%', 'up', 'ratio', 100, 2),
    ('MEAN', '优良率', '%', 'up', 'mean', null, 1),
    ('UNIT', '收入', $unit, 'up', 'sum', null, 2),
    ($own, '本区指标', '个', 'up', 'sum', null, 0)
) as t (indicator_code, name_zh, unit, favourable, aggregation, scale, decimals);
create table marts.indicator_monthly as
select
    indicator_code,
    area_code,
    period,
    cast(value as decimal(24, 6)) as value,
    cast(numerator as decimal(24, 6)) as numerator,
    cast(denominator as decimal(24, 6)) as denominator,
    cast(value as decimal(24, 6)) as running_total
from (
    values
    ('JOB', '1', '2023-12', $jobs, null, null),
    ('JOB', '11', '2023-12', 1, null, null),
    ('JOB', '1', '2023-11', 900, null, null),
    ('RATE', '1', '2023-12', $rate, $passed, $tested),
    ('MEAN', '1', '2023-12', 90.5, null, null),
    ('UNIT', '1', '2023-12', 1, null, null)
) as t (indicator_code, area_code, period, value, numerator, denominator);
