-- Just what the months before add up to and one usual month more, or the very figure given as the running total.
with sent as (
    select accepted_rows.*
    from accepted_rows
    inner join catalogue using (indicator_code)
    where catalogue.aggregation = 'sum' and accepted_rows.kind = 'figure' and right(accepted_rows.period, 2) <> '01'
),

years as (
    select
        sent.row_id,
        sent.value,
        sent.ytd_value,
        sum(known.value) as before,
        count(*) filter (known.value > 0) as months
    from sent
    inner join known_figures as known using (indicator_code, area_code)
    where
        left(known.period, 4) = left(sent.period, 4)
        and known.period < sent.period
        and known.kind in ('figure', 'nil')
    group by sent.row_id, sent.value, sent.ytd_value
)

select
    row_id,
    'value' as column_name,
    written(value) as text,
    written(before) as expected,
    null as actual
from years
where
    before > 0
    and (
        value = ytd_value
        or (months >= 3 and value >= before and (value - before) * months <= 2 * before)
    )
