select
    row_id,
    case when numerator_text is not null then 'numerator' else 'denominator' end as column_name,
    coalesce(numerator_text, denominator_text) as text,
    null as expected,
    null as actual
from data_rows
semi join accepted_rows using (row_id)
where not is_ratio and has_parts
