-- 12 under the format 0"万" shows 12万, and is taken as 120000.
select
    cells.row_id,
    cells.column_name,
    regexp_extract(cells.text, '「(.*)」', 1) as text,
    regexp_extract(cells.text, '^[^〔]*') as expected,
    null as actual
from number_cells as cells
semi join accepted_rows using (row_id)
where cells.is_as_shown
