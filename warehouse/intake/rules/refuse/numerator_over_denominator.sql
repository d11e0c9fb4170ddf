-- Only a share cannot exceed its whole: a rate per thousand, or one without a ceiling, can.
select
    row_id,
    'numerator' as column_name,
    numerator_text as text,
    denominator_text as expected,
    null as actual
from data_rows
where is_ratio and scale = 100 and value_max = 100 and numerator > denominator
