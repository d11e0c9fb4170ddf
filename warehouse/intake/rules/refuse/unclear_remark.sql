select
    row_id,
    'remark' as column_name,
    remark as text,
    coalesce(unclear_mark(remark), regexp_extract(squeezed(remark), '撤回|期初|零报|不适用')) as expected,
    null as actual
from data_rows
where kind = 'unclear'
