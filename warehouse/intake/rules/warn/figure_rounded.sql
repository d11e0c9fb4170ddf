select
    row_id,
    column_name,
    text,
    null as expected,
    null as actual
from number_cells
semi join accepted_rows using (row_id)
where is_rounded
