-- What decides about an indicator: one row for each that counts persons. Reads `monthly` and `trends` (this edition's
-- indicator_monthly and target_trend), `shown` (the former of every earlier public edition), `person_indicators` and
-- `districts`.
with

counts as (
    select
        monthly.indicator_code,
        monthly.period,
        monthly.is_reported,
        monthly.area_code in (select area_code from districts) as is_district,
        list_contains(
            list_transform(
                [
                    if(counts_value, monthly.value, null),
                    if(counts_value, monthly.running_total, null),
                    if(counts_numerator, monthly.numerator, null),
                    if(counts_denominator, monthly.denominator, null)
                ],
                lambda amount: coalesce(abs(amount) > 0 and abs(amount) < $floor, false)
            ),
            true
        ) as is_small
    from monthly
    inner join person_indicators using (indicator_code)
),

-- A window over several years may come to a small figure that no month and no year has: 30, and then 25 taken back.
small_windows as (
    select
        trends.indicator_code,
        trends.area_code in (select area_code from districts) as is_district
    from trends
    inner join person_indicators using (indicator_code)
    where counts_value and abs(trends.actual_value) > 0 and abs(trends.actual_value) < $floor
),

-- Were one part alone in a month, the total would be its figure, or lay it bare beside what was known before.
lone_months as (
    select
        indicator_code,
        period
    from counts
    where not is_district and is_reported
    group by all
    having count(*) = 1
),

-- A total that was shown otherwise before: the difference is the figure of whoever reported in between.
changed as (
    select distinct monthly.indicator_code
    from monthly
    inner join shown using (indicator_code, area_code, period)
    where
        monthly.area_code in (select area_code from districts)
        and shown.is_reported
        and (monthly.value, monthly.numerator, monthly.denominator, monthly.running_total)
        is distinct from (shown.value, shown.numerator, shown.denominator, shown.running_total)
),

final as (
    select
        indicator_code,
        coalesce(bool_or(is_small) filter (where not is_district), false)
        or indicator_code in (select indicator_code from small_windows where not is_district) as has_small_part,
        coalesce(bool_or(is_small) filter (where is_district), false)
        or indicator_code in (select indicator_code from small_windows where is_district) as has_small_total,
        indicator_code in (select indicator_code from lone_months) as has_lone_month,
        indicator_code in (select indicator_code from changed) as has_changed_total
    from counts
    group by indicator_code
)

select * from final
order by indicator_code
