select
    row_id,
    'area_code' as column_name,
    area_code as text,
    level_zh(reporting_level) as expected,
    level_zh(area_level) as actual
from data_rows
semi join accepted_rows using (row_id)
where area_level <> reporting_level
