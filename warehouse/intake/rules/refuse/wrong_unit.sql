select
    row_id,
    'unit' as column_name,
    unit_text as text,
    unit as expected,
    null as actual
from data_rows
where aggregation is not null and unit_text is not null and letters(unit_text) <> letters(unit)
