-- Each indicator that several districts have under one code, side by side; each figure with its edition's hash.
with

indicators as (from gathered.indicators),

common as (
    select
        indicator_code,
        -- Figures of one code are compared only where the code means the same everywhere.
        count(distinct (unit, aggregation, scale)) = 1 as is_comparable
    from indicators
    group by indicator_code
    having count(*) > 1
)

select
    indicators.indicator_code,
    indicators.indicator_name,
    indicators.district_code,
    editions.district_name,
    indicators.unit,
    indicators.favourable,
    indicators.aggregation,
    indicators.decimals,
    indicators.value,
    indicators.numerator,
    indicators.denominator,
    indicators.running_total,
    common.is_comparable,
    editions.edition,
    editions.manifest_sha256
from indicators
inner join common using (indicator_code)
inner join gathered.editions using (district_code)
order by indicator_code, district_code
