select
    row_id,
    case when value <> 0 then 'value' else 'numerator' end as column_name,
    case when value <> 0 then value_text else numerator_text end as text,
    null as expected,
    null as actual
from data_rows
where kind = 'nil' and (value <> 0 or numerator <> 0)
