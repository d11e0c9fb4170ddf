-- What did the subdistricts bring in the edition's month, added up once, beside the district's figure?
with

months as (from marts.indicator_monthly),

indicators as (from marts.indicators),

month as (select period from marts.freshness),

final as (
    select
        months.indicator_code,
        months.indicator_name,
        sum(months.value) filter (where months.area_level = 'subdistrict') as subdistricts,
        count(months.value) filter (where months.area_level = 'subdistrict') as subdistricts_reported,
        sum(months.value) filter (where months.area_level = 'district') as district,
        months.unit
    from months
    inner join indicators using (indicator_code)
    semi join month using (period)
    where indicators.aggregation = 'sum' and indicators.reporting_level = 'subdistrict'
    group by months.indicator_code, months.indicator_name, months.unit
)

from final
order by indicator_code
