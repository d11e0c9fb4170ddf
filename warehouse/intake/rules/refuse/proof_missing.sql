-- What is said to be done needs four letters or more that say by what, beyond the marks and the mark of samples.
select
    row_id,
    'remark' as column_name,
    coalesce(remark, '') as text,
    null as expected,
    null as actual
from data_rows
where
    needs_proof
    and kind = 'figure'
    and value >= 100
    and len(
        regexp_replace(
            regexp_replace(coalesce(remark, ''), '撤回|期初|零报|不适用|样例数据', '', 'g'), '[^\p{L}\p{N}]', '', 'g'
        )
    ) < 4
