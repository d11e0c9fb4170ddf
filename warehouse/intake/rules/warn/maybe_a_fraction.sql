-- 0.9 of a rate that is promised in tens of percent: meant as 90 %, or as 0.9 %.
select
    data_rows.row_id,
    'value' as column_name,
    data_rows.value_text as text,
    written(data_rows.value * 100) as expected,
    null as actual
from data_rows
semi join accepted_rows using (row_id)
left join number_cells on data_rows.row_id = number_cells.row_id and number_cells.column_name = 'value'
where
    data_rows.is_in_tens_of_percent
    and not data_rows.is_ratio
    and data_rows.value > 0
    and data_rows.value <= 1
    and not coalesce(number_cells.is_percent, false)
