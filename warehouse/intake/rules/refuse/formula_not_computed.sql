select
    row_id,
    column_name,
    text,
    null as expected,
    null as actual
from text_cells
where is_not_computed(text) and column_name <> 'other'
