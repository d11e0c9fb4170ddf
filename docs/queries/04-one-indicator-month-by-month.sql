-- How did each running total come about? Each month's figure, the year so far, and the year before.
with

months as (from marts.indicator_monthly),

indicators as (from marts.indicators),

final as (
    select
        months.indicator_code,
        months.indicator_name,
        months.period,
        months.value,
        months.running_total,
        months.year_before,
        months.growth_pct,
        months.unit,
        months.report_kinds
    from months
    inner join indicators using (indicator_code)
    where indicators.aggregation = 'sum' and months.area_level = 'district'
)

from final
order by indicator_code, period
