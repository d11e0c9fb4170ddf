-- Base years lie before the plan, but no monthly statistics of a district before this are comparable.
select
    row_id,
    'period' as column_name,
    period_text as text,
    '2000-01' as expected,
    null as actual
from data_rows
where period < '2000-01'
