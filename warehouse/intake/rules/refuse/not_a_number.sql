select
    row_id,
    column_name,
    text,
    null as expected,
    null as actual
from number_cells
where
    fault = 'not_a_number'
    and not is_formula_error(text)
    and not is_not_as_shown(text)
    and not is_not_computed(text)
