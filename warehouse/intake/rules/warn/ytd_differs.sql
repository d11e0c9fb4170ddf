-- The months of the year up to the row's, or its newest opening balance and the months since.
with totals as (
    select accepted_rows.*
    from accepted_rows
    inner join catalogue using (indicator_code)
    where catalogue.aggregation = 'sum' and accepted_rows.ytd_value is not null
),

openings as (
    select
        totals.row_id,
        max(known.period) as period
    from totals
    inner join known_figures as known using (indicator_code, area_code)
    where known.kind = 'opening' and left(known.period, 4) = left(totals.period, 4) and known.period <= totals.period
    group by totals.row_id
),

sums as (
    select
        totals.row_id,
        totals.ytd_value,
        sum(known.value) as months
    from totals
    left join openings using (row_id)
    inner join known_figures as known using (indicator_code, area_code)
    where
        left(known.period, 4) = left(totals.period, 4)
        and known.period <= totals.period
        and known.period >= coalesce(openings.period, known.period)
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
