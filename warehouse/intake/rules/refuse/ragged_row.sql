-- A separator too many or too few shifts every cell after it.
select
    row_id,
    null as column_name,
    null as text,
    width as expected,
    cells as actual
from staged_rows
where class = 'data' and cells is not null
