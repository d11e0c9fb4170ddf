select
    row_id,
    case when value_text is not null then 'value' else 'numerator' end as column_name,
    coalesce(value_text, numerator_text, denominator_text) as text,
    null as expected,
    null as actual
from data_rows
where kind = 'not_applicable' and coalesce(value_text, numerator_text, denominator_text) is not null
