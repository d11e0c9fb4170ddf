-- The very words of an earlier month, given for the same figure.
with explained as (
    select
        indicator_code,
        area_code,
        period,
        arg_max(reason, sequence) as reason
    from ledger.explanations
    where reason is not null
    group by indicator_code, area_code, period
)

select
    rows.row_id,
    'reason' as column_name,
    left(rows.reason, 60) as text,
    max(explained.period) as expected,
    count(*) + 1 as actual
from data_rows as rows
anti join refused using (row_id)
inner join explained
    on
        rows.indicator_code = explained.indicator_code
        and rows.area_code = explained.area_code
        and rows.period > explained.period
        and letters(rows.reason) = letters(explained.reason)
group by rows.row_id, rows.reason
