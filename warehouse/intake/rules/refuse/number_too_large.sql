select
    row_id,
    column_name,
    text,
    null as expected,
    null as actual
from number_cells
where fault = 'too_large'
