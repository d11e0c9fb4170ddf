-- A figure that six decimals of the indicator's unit cannot hold.
select
    row_id,
    'value' as column_name,
    coalesce(value_text, ytd_text) as text,
    unit as expected,
    coalesce(unit_of_value, unit_of_total) as actual
from data_rows
where
    (value_text is not null and value_factor is not null and value is null and is_figure(value_text))
    or (ytd_text is not null and ytd_factor is not null and ytd_value is null and is_figure(ytd_text))
