select
    row_id,
    'promised_on' as column_name,
    left(promised_text, 60) as text,
    null as expected,
    null as actual
from data_rows
anti join refused using (row_id)
where promised_text is not null and promised_on is null
