select
    row_id,
    column_name,
    null as text,
    regexp_extract(text, '^〔显示为「(.*)」，存储为「', 1, 's') as expected,
    regexp_extract(text, '」，存储为「(.*)」〕$', 1, 's') as actual
from text_cells
where is_not_as_shown(text)
