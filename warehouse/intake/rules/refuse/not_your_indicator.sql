-- Promise 5: the folder says who submits, and only the plan says whose an indicator is.
select
    row_id,
    'indicator_code' as column_name,
    indicator_code as text,
    null as expected,
    null as actual
from data_rows
where not is_derived and owner_code is distinct from organization_code
