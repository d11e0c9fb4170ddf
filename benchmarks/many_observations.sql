-- Grow a home's ledger to $observations, from $areas subdistricts more that report every indicator for three years.
insert into plan.areas
select
    plan_version,
    printf('990000%03d%03d', number // 1000, number % 1000) as area_code,
    '样例街道' || number as name_zh,
    'subdistrict' as level,
    (select value from plan.current_settings where key = 'area_code') as parent_code
from plan.current_version
cross join range(cast($areas as bigint)) as numbers (number);

update plan.indicators
set reporting_level = 'subdistrict', frequency = 'monthly'
where organization_code is not null and aggregation <> 'mean';

insert into ledger.observations by name
with

indicators as (
    from plan.current_indicators
    where organization_code is not null and aggregation <> 'mean'
),

areas as (
    from plan.current_areas
    where starts_with(area_code, '990000')
),

months as (
    select strftime(unnest(generate_series(date '2023-01-01', date '2025-12-01', interval 1 month)), '%Y-%m') as period
),

final as (
    select
        substr(md5(areas.area_code || months.period), 1, 16) as submission_id,
        1 as sequence,
        '' as sheet,
        row_number() over () as row_number,
        indicators.organization_code,
        indicators.indicator_code,
        areas.area_code,
        months.period,
        'figure' as kind,
        if(indicators.aggregation in ('ratio', 'ratio_last'), null, 1 + hash(areas.area_code, months.period) % 97) as value,
        if(indicators.aggregation in ('ratio', 'ratio_last'), 1 + hash(areas.area_code) % 89, null) as numerator,
        if(indicators.aggregation in ('ratio', 'ratio_last'), 90, null) as denominator,
        null as ytd_value,
        '样例数据' as remark,
        timestamp '2026-01-04 09:00:00' as recorded_at
    from indicators
    cross join areas
    cross join months
    order by areas.area_code, months.period, indicators.indicator_code
    limit cast($observations as bigint)
)

from final;

insert into ledger.submissions
select
    submission_id,
    any_value(sequence),
    any_value(organization_code),
    '样例_' || any_value(area_code) || '_' || any_value(period) || '.csv' as file_name,
    sha256(submission_id),
    count(*) as size_bytes,
    'csv' as format,
    any_value(recorded_at),
    'accepted' as status,
    true as is_sample,
    count(*) as rows_read,
    count(*) as rows_accepted,
    0 as rows_warned,
    0 as rows_refused,
    0 as rows_blank,
    0 as rows_non_data
from ledger.observations
group by submission_id
