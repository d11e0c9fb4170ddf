select
    row_id,
    'unit' as column_name,
    unit_text as text,
    coalesce(value_unit, ytd_unit) as expected,
    null as actual
from data_rows
where unit_text is not null and letters(coalesce(value_unit, ytd_unit)) <> letters(unit_text)
