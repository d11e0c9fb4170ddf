-- The distinct figures of the batch that are not plain digits.
with cells as (
    unpivot (
        select
            blank_as_null(value) as value,
            blank_as_null(numerator) as numerator,
            blank_as_null(denominator) as denominator,
            blank_as_null(ytd_value) as ytd_value
        from raw_rows
    )
    on value, numerator, denominator, ytd_value
    into name column_name value text
)

select distinct text
from cells
where not is_plain(text);
