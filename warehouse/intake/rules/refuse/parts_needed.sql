select
    row_id,
    'value' as column_name,
    value_text as text,
    numerator_name_zh as expected,
    denominator_name_zh as actual
from data_rows
where
    is_ratio
    and kind in ('figure', 'opening', 'total')
    and value_text is not null
    and numerator_text is null
    and denominator_text is null
