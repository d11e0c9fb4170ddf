select
    row_id,
    'period' as column_name,
    period_text as text,
    received_in as expected,
    null as actual
from data_rows
where period > received_in
