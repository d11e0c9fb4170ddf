select
    row_id,
    'indicator_code' as column_name,
    null as text,
    null as expected,
    null as actual
from data_rows
where indicator_code is null
