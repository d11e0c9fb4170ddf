-- Each indicator of one district with its figure of the edition's month, for the district as a whole.
select
    indicators.indicator_code,
    indicators.name_zh as indicator_name,
    indicators.unit,
    indicators.favourable,
    indicators.aggregation,
    indicators.scale,
    indicators.decimals,
    monthly.value,
    monthly.numerator,
    monthly.denominator,
    monthly.running_total
from marts.indicators
left join (
    select indicator_monthly.*
    from marts.indicator_monthly
    inner join marts.areas using (area_code)
    where indicator_monthly.period = $period and areas.level = 'district'
) as monthly using (indicator_code)
