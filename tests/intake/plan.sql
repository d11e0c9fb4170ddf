insert into plan.versions values ('v1', 1, timestamp '2023-12-01');
insert into plan.settings values
    ('v1', 'area_code', '210504'), ('v1', 'reporting_starts', '2023-11'), ('v1', 'deadline_day', '5'),
    ('v1', 'year_starts', '1'), ('v1', 'attainment_decimals', '1');
insert into plan.organizations (plan_version, organization_code, name_zh, kind, aliases)
values ('v1', 'LABOUR', '人社局', 'department', null), ('v1', 'HEALTH', '卫健局', 'department', null),
    ('v1', 'TRADE', '商务局', 'department', null),
    ('v1', 'BEIDI', '北地街道办', 'subdistrict', null), ('v1', 'GAOYU', '高峪街道办', 'subdistrict', null);
insert into plan.areas values
    ('v1', '210504', '明山区', 'district', null),
    ('v1', '210504002', '北地街道', 'subdistrict', '210504'),
    ('v1', '210504004', '高峪街道', 'subdistrict', '210504');
insert into plan.indicators by name
select
    'v1' as plan_version, code as indicator_code, name as name_zh, null as name_en, unit, aggregation,
    numerator as numerator_name_zh, denominator as denominator_name_zh, scale, organization as organization_code,
    level as reporting_level, frequency, low as value_min, high as value_max, decimals,
    case code when 'SALES' then 'year_to_date' else 'month' end as reported_as, 0 as lag_months
from (values
    ('JOBS', '新增就业', '人', 'sum', null, null, null, 'LABOUR', 'subdistrict', 'monthly', 0, 100000, 0),
    ('BEDS', '床位数', '张', 'last', null, null, null, 'HEALTH', 'district', 'monthly', 0, null, 0),
    ('RATE', '覆盖率', '%', 'ratio', '已覆盖', '应覆盖', 100, 'LABOUR', 'district', 'monthly', 0, 100, 2),
    ('NURSES', '每千人护士数', '人', 'ratio_last', '护士', '人口', 1000, 'HEALTH', 'district', 'quarterly', 0, 50, 2),
    ('AIR', '优良率', '%', 'mean', null, null, null, 'LABOUR', 'district', 'monthly', 0, 100, 1),
    ('GROWTH', '就业增长', '%', 'growth', null, null, null, null, 'district', 'monthly', null, null, 1),
    ('ROADS', '道路', '公里', 'sum', null, null, null, 'LABOUR', 'district', 'annual', null, null, 3),
    ('SALES', '销售额', '元', 'sum', null, null, null, 'TRADE', 'district', 'monthly', null, null, 2),
    ('PARKS', '口袋公园', '个', 'sum', null, null, null, 'LABOUR', 'subdistrict', 'monthly', 0, null, 0),
    ('SCHOOL', '学校建成进度', '%', 'last', null, null, null, 'LABOUR', 'district', 'monthly', 0, 100, 0)
) as rows (code, name, unit, aggregation, numerator, denominator, scale, organization, level, frequency, low, high, decimals);
insert into plan.targets by name
select
    'v1' as plan_version, target as target_code, indicator as indicator_code, 'C1' as commitment_code,
    '210504' as area_code, '2023-01' as window_start, '2025-12' as window_end, 'none' as repeat, comparator,
    value as target_value, 'as_reached' as judged, pace, '6000' as quote_zh, 'ends' as after_window
from (values
    ('T1', 'JOBS', 'at_least', 6000, 'linear'),
    ('T2', 'SCHOOL', 'done', null, 'none')
) as rows (target, indicator, comparator, value, pace);
insert into plan.indicator_reporters values
    ('v1', 'PARKS', '210504002', 'BEIDI', '2023-11', null),
    ('v1', 'PARKS', '210504004', 'LABOUR', '2023-11', '2024-12'),
    ('v1', 'PARKS', '210504004', 'GAOYU', '2025-01', null);
