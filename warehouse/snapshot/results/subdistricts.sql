-- What each subdistrict has reported of what is reported by subdistrict: the running total of the newest month with a
-- report, and its share of the district's, of sums.
with

monthly as (from marts.indicator_monthly),

areas as (from marts.areas),

indicators as (from marts.indicators),

targeted as (
    select distinct indicator_code
    from marts.indicator_progress
),

reported as (
    select
        monthly.*,
        max(if(monthly.is_reported, monthly.period, null)) over (partition by monthly.indicator_code)
            as newest_period
    from monthly
    inner join areas using (area_code)
    inner join targeted using (indicator_code)
    where areas.level = 'subdistrict'
),

whole as (
    select
        monthly.*
    from monthly
    inner join areas using (area_code)
    where areas.level = 'district'
),

final as (
    select
        reported.indicator_code,
        reported.indicator_name,
        indicators.name_en as indicator_name_en,
        reported.unit,
        reported.period,
        reported.area_code,
        reported.area_name,
        if(reported.is_reported, reported.running_total, null) as running_total,
        whole.running_total as district_total,
        if(
            indicators.aggregation = 'sum' and reported.is_reported and whole.running_total > 0,
            cast(round(100 * reported.running_total / whole.running_total, 1) as decimal(24, 1)),
            null
        ) as share_pct
    from reported
    inner join indicators using (indicator_code)
    left join whole
        on reported.indicator_code = whole.indicator_code and reported.period = whole.period
    where reported.period = reported.newest_period
)

from final
order by indicator_code, area_code
