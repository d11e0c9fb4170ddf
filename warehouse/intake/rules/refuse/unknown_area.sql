select
    row_id,
    'area_code' as column_name,
    area_code as text,
    null as expected,
    null as actual
from data_rows
where area_level is null
