-- Just what the months before add up to and one usual month more, or the very figure given as the running total.
with months as (
    select known_figures.*
    from known_figures
    inner join known_places using (place)
    where known_places.aggregation = 'sum'
),

sums as (
    select
        place,
        month,
        value,
        sum(value) filter (kind <> 'opening') over year_before as year_sum,
        count(*) filter (value > 0 and kind <> 'opening') over year_before as year_months
    from months
    window year_before as (
        partition by place
        order by month
        range between month % 12 preceding and 1 preceding
    )
),

large as (
    select
        known_places.indicator_code,
        known_places.area_code,
        period_of(sums.month) as period,
        sums.year_sum,
        sums.year_months >= 3 and (sums.value - sums.year_sum) * sums.year_months <= 2 * sums.year_sum as is_usual_more
    from sums
    inner join known_places using (place)
    where sums.year_sum > 0 and sums.value >= sums.year_sum
)

select
    accepted.row_id,
    'value' as column_name,
    written(accepted.value) as text,
    written(large.year_sum) as expected,
    null as actual
from accepted_rows as accepted
inner join large using (indicator_code, area_code, period)
where accepted.kind = 'figure' and (accepted.value = accepted.ytd_value or large.is_usual_more)
