select
    row_id,
    column_name,
    left(row_within(text), 60) as text,
    null as expected,
    null as actual
from text_cells
where row_within(text) is not null
