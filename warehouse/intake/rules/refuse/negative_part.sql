select
    row_id,
    'numerator' as column_name,
    numerator_text as text,
    null as expected,
    null as actual
from data_rows
where is_ratio and numerator < 0

union all

select
    row_id,
    'denominator' as column_name,
    denominator_text as text,
    null as expected,
    null as actual
from data_rows
where is_ratio and denominator < 0
