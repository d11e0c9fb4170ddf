select
    rows.row_id,
    'area_name' as column_name,
    rows.area_name as text,
    areas.name_zh as expected,
    rows.area_text as actual
from data_rows as rows
inner join areas using (area_code)
where
    rows.area_text is not null
    and rows.area_name is not null
    and letters(rows.area_name) <> letters(areas.name_zh)
    and not exists (
        select 1
        from area_names
        where area_names.name = letters(rows.area_name) and area_names.area_code = rows.area_code
    )
