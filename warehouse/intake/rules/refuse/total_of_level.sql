-- A level has no running total: alone, it says nothing of the month.
select
    row_id,
    'ytd_value' as column_name,
    ytd_text as text,
    null as expected,
    null as actual
from data_rows
where
    not is_ratio
    and aggregation <> 'sum'
    and kind in ('figure', 'opening')
    and value_text is null
    and ytd_text is not null
