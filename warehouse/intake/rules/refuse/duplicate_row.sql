-- The same statement again: the first of them is taken.
with repeated as (
    select
        repeated_rows.*,
        sources.sheet
    from repeated_rows
    inner join sources on source_of(repeated_rows.first_row_id) = sources.source
)

select
    row_id,
    null as column_name,
    null as text,
    place_zh(sheet, first_row_number) as expected,
    place_en(sheet, first_row_number) as actual
from repeated
where versions = 1 and row_id <> first_row_id
