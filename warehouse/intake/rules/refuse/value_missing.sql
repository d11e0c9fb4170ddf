select
    row_id,
    'value' as column_name,
    null as text,
    null as expected,
    null as actual
from data_rows
where
    not is_ratio
    and kind in ('figure', 'opening', 'total')
    and value_text is null
    and ytd_text is null
