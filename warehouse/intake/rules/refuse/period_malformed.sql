select
    row_id,
    'period' as column_name,
    period_text as text,
    null as expected,
    null as actual
from data_rows
where period_text is not null and period is null
