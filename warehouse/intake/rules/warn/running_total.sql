-- Just what the months before add up to and one usual month more, or the very figure given as the running total.
with months as (
    select *
    from known_figures
    where place in (select place from watched_places where is_running)
),

sums as (
    select
        place,
        month,
        value,
        sum(value) filter (kind not in ('opening', 'total')) over year_before as year_sum,
        count(*) filter (value > 0 and kind not in ('opening', 'total')) over year_before as year_months
    from months
    window year_before as (
        partition by place
        order by month
        range between month - year_start_of(month) preceding and 1 preceding
    )
),

large as (
    select
        place,
        month,
        year_sum,
        year_months >= 3 and (value - year_sum) * year_months <= 2 * year_sum as is_usual_more
    from sums
    where year_sum > 0 and value >= year_sum
)

select
    accepted.row_id,
    'value' as column_name,
    written(accepted.value) as text,
    written(large.year_sum) as expected,
    null as actual
from accepted_figures as accepted
inner join large using (place, month)
where accepted.kind = 'figure' and (accepted.value = accepted.ytd_value or large.is_usual_more)
