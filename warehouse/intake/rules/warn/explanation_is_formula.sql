-- What a spreadsheet would compute: an equals sign or an at sign first, or a sign before a call or a reference.
select
    cells.row_id,
    cells.column_name,
    left(cells.text, 60) as text,
    null as expected,
    null as actual
from explanation_cells as cells
anti join refused using (row_id)
where regexp_matches(narrowed(cells.text), '^([=＝@]|[-+][A-Za-z0-9_$]+[(!])')
