-- Words are for a line of a page, not for a report of their own.
select
    cells.row_id,
    cells.column_name,
    concat(left(cells.text, 30), '…') as text,
    limits.most as expected,
    length(cells.text) as actual
from explanation_cells as cells
anti join refused using (row_id)
inner join (
    from (values ('reason', 500), ('measure', 500), ('responsible', 30), ('contact', 30)) as limits (column_name, most)
) as limits using (column_name)
where length(cells.text) > limits.most
