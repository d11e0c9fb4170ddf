select
    row_id,
    'indicator_code' as column_name,
    indicator_code as text,
    null as expected,
    null as actual
from data_rows
where indicator_code is not null and aggregation is null
