-- Rows that are sound by themselves but state different figures for one key: none of them can be taken.
with repeated as (
    select
        repeated_rows.row_id,
        repeated_rows.first_row_id,
        sources.sheet,
        sources.source,
        number_of(repeated_rows.row_id) as row_number
    from repeated_rows
    inner join sources on source_of(repeated_rows.row_id) = sources.source
    where repeated_rows.versions > 1
),

by_sheet as (
    select
        first_row_id,
        sheet,
        min(source) as source,
        array_to_string(list(row_number order by row_number), '、') as row_numbers
    from repeated
    group by first_row_id, sheet
),

places as (
    select
        first_row_id,
        array_to_string(list(place_zh(sheet, row_numbers) order by source), '，') as places_zh,
        array_to_string(list(place_en(sheet, row_numbers) order by source), ', ') as places_en
    from by_sheet
    group by first_row_id
)

select
    repeated.row_id,
    null as column_name,
    null as text,
    places.places_zh as expected,
    places.places_en as actual
from repeated
inner join places using (first_row_id)
