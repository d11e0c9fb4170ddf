select
    row_id,
    'period' as column_name,
    null as text,
    null as expected,
    null as actual
from data_rows
where period_text is null
