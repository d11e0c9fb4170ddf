-- 1,234 or 4,9 without quotes, its last cell left out: the figure was cut, and its rest stands as the remark.
select
    row_id,
    'value' as column_name,
    concat(coalesce(value_text, ytd_text), ',', remark) as text,
    null as expected,
    null as actual
from data_rows
where
    is_delimited
    and regexp_full_match(coalesce(value_text, ytd_text), '-?[0-9]+')
    and regexp_full_match(remark, '[0-9]+(\.[0-9]+)?\s*[十百千万亿]*(' || coalesce(unit, '') || ')?')
