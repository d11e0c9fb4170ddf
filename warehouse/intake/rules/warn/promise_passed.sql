-- A promise is for the time after the month that it is given with.
select
    row_id,
    'promised_on' as column_name,
    promised_text as text,
    period as expected,
    null as actual
from data_rows
anti join refused using (row_id)
where promised_on <= last_day(cast(period || '-01' as date))
