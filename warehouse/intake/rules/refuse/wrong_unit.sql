-- Another unit than the indicator's, in the row or over its column: not a multiple or part of it by the words of scale.
select
    row_id,
    'unit' as column_name,
    coalesce(unit_text, unit_of_value, unit_of_total) as text,
    unit as expected,
    null as actual
from data_rows
where
    aggregation is not null
    and not is_ratio
    and (
        (value_text is not null and unit_of_value is not null and value_factor is null)
        or (ytd_text is not null and unit_of_total is not null and ytd_factor is null)
    )
union all
select
    row_id,
    'unit' as column_name,
    unit_text as text,
    unit as expected,
    null as actual
from data_rows
where aggregation is not null and is_ratio and unit_text is not null and letters(unit_text) <> letters(unit)
union all
-- A multiple stated for all figures of a table may be of one part of a rate only.
select
    row_id,
    'unit' as column_name,
    parts_unit as text,
    unit as expected,
    null as actual
from data_rows
where aggregation is not null and is_ratio and has_parts and unit_text is null and parts_unit is not null
