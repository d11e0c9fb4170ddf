-- The same statement again: the first of them is taken.
with repeated as (
    select *
    from repeated_rows
)

select
    row_id,
    null as column_name,
    null as text,
    first_row_number as expected,
    null as actual
from repeated
where versions = 1 and row_id <> first_row_id
