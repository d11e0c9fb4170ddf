-- Rows that are sound by themselves but state different figures for one key: none of them can be taken.
with repeated as (
    select *
    from repeated_rows
)

select
    row_id,
    null as column_name,
    null as text,
    row_numbers as expected,
    null as actual
from repeated
where versions > 1
