select
    row_id,
    case when area_text is null then 'area_name' else 'area_code' end as column_name,
    area_code as text,
    null as expected,
    null as actual
from data_rows
where area_level is null
