-- 95% is 95 for an indicator in percent; for any other, and for a count, nobody knows what is meant.
select
    cells.row_id,
    cells.column_name,
    cells.text,
    rows.unit as expected,
    null as actual
from number_cells as cells
inner join data_rows as rows using (row_id)
where
    cells.is_percent
    and cells.column_name <> 'claimed_rate'
    and rows.aggregation is not null
    and (rows.unit <> '%' or cells.column_name in ('numerator', 'denominator'))
