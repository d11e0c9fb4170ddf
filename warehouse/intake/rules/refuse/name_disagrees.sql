select
    row_id,
    'indicator_name' as column_name,
    indicator_name as text,
    name_zh as expected,
    indicator_code as actual
from data_rows
where
    aggregation is not null
    and indicator_name is not null
    and case
        when indicator_name = name_zh then false
        else letters(indicator_name) <> letters(name_zh) and letters(indicator_name) is distinct from letters(name_en)
    end
