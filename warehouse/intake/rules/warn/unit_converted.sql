select
    row_id,
    case when value_text is null then 'ytd_value' else 'value' end as column_name,
    concat(coalesce(value_text, ytd_text), coalesce(unit_of_value, unit_of_total)) as text,
    concat(written(coalesce(value, ytd_value)), unit) as expected,
    null as actual
from data_rows
semi join accepted_rows using (row_id)
where coalesce(value_factor, 1) <> 1 or coalesce(ytd_factor, 1) <> 1
