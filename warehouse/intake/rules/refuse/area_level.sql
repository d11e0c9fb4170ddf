-- A figure of a smaller area than those that the indicator is reported by.
select
    row_id,
    case when area_text is null then 'area_name' else 'area_code' end as column_name,
    coalesce(area_text, area_name) as text,
    level_zh(reporting_level) as expected,
    level_zh(area_level) as actual
from data_rows
where
    area_level is not null
    and reporting_level is not null
    and list_position(['district', 'subdistrict', 'community'], area_level)
    > list_position(['district', 'subdistrict', 'community'], reporting_level)
