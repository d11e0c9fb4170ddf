select
    row_id,
    coalesce(if(is_ratio, 'numerator', 'value'), 'value') as column_name,
    null as text,
    null as expected,
    null as actual
from data_rows
anti join refused using (row_id)
where kind = 'explanation'
