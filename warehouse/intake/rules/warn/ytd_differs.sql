-- The months of the reporting year up to the row's, or its newest running total and the months since.
with totals as (
    select
        row_id,
        ytd_value,
        place,
        month
    from accepted_figures
    where ytd_value is not null and kind <> 'total' and place in (select place from watched_places where is_running)
),

openings as (
    select
        totals.row_id,
        max(known.month) as month
    from totals
    inner join known_figures as known using (place)
    where
        known.kind in ('opening', 'total')
        and year_start_of(known.month) = year_start_of(totals.month)
        and known.month <= totals.month
    group by totals.row_id
),

sums as (
    select
        totals.row_id,
        totals.ytd_value,
        sum(known.value) as months
    from totals
    left join openings using (row_id)
    inner join known_figures as known using (place)
    where
        year_start_of(known.month) = year_start_of(totals.month)
        and known.month <= totals.month
        and known.month >= coalesce(openings.month, known.month)
    group by totals.row_id, totals.ytd_value
)

select
    row_id,
    'ytd_value' as column_name,
    written(ytd_value) as text,
    written(months) as expected,
    null as actual
from sums
where months <> ytd_value
