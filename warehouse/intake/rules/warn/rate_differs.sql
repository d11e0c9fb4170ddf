-- More than one unit of the last usual place between the rate sent along and the rate of the parts.
select
    row_id,
    'value' as column_name,
    value_text as text,
    written(rate_of(numerator, denominator, scale)) as expected,
    null as actual
from data_rows
semi join accepted_rows using (row_id)
where
    is_ratio
    and has_parts
    and millionths(abs(value - rate_of(numerator, denominator, scale))) > cast(pow(10, 6 - decimals) as hugeint)
