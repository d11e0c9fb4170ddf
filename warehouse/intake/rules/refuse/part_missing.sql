with ratios as (
    select *
    from data_rows
    where is_ratio and kind in ('figure', 'opening') and (value_text is null or has_parts)
)

select
    row_id,
    'numerator' as column_name,
    null as text,
    numerator_name_zh as expected,
    null as actual
from ratios
where numerator_text is null

union all

select
    row_id,
    'denominator' as column_name,
    null as text,
    denominator_name_zh as expected,
    null as actual
from ratios
where denominator_text is null
