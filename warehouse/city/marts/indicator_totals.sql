-- The districts together, where a total means something: amounts added up, rates by their numerators and denominators.
-- A total has all its parts or is none: a district that did not report is never counted as zero.
with

indicators as (
    from gathered.indicators
    where aggregation in ('sum', 'ratio', 'ratio_last')
),

together as (
    select
        indicator_code,
        min_by(indicator_name, district_code) as indicator_name,
        any_value(unit) as unit,
        any_value(aggregation) as aggregation,
        any_value(scale) as scale,
        min(decimals) as decimals,
        count(*) as districts,
        count(coalesce(value, numerator)) as districts_reported,
        if(bool_and(aggregation = 'sum') and count(value) = count(*), sum(value), null) as amount,
        if(count(numerator) = count(*), sum(numerator), null) as numerator,
        if(count(denominator) = count(*), sum(denominator), null) as denominator
    from indicators
    group by indicator_code
    having count(*) > 1 and count(distinct (unit, aggregation, scale)) = 1
)

select
    indicator_code,
    indicator_name,
    unit,
    aggregation,
    decimals,
    districts,
    districts_reported,
    if(
        aggregation = 'sum',
        cast(amount as decimal(24, 6)),
        {{ divide('numerator', 'nullif(denominator, 0)', 'scale') }}
    ) as value,
    cast(numerator as decimal(24, 6)) as numerator,
    cast(denominator as decimal(24, 6)) as denominator
from together
order by indicator_code
