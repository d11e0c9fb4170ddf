select
    row_id,
    'remark' as column_name,
    remark as text,
    unclear_mark(remark) as expected,
    null as actual
from data_rows
where kind = 'unclear'
