select
    row_id,
    'remark' as column_name,
    remark as text,
    null as expected,
    null as actual
from data_rows
where kind = 'contradictory'
