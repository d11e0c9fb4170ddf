-- The distinct figures of the batch that are not plain digits.
with cells as (
    select value as text
    from raw_rows
    where value <> '' and not is_plain(value)
    union
    select numerator
    from raw_rows
    where numerator <> '' and not is_plain(numerator)
    union
    select denominator
    from raw_rows
    where denominator <> '' and not is_plain(denominator)
    union
    select ytd_value
    from raw_rows
    where ytd_value <> '' and not is_plain(ytd_value)
    union
    select claimed_rate
    from raw_rows
    where claimed_rate <> '' and not is_plain(claimed_rate)
)

select distinct blank_as_null(text) as text
from cells
where blank_as_null(text) is not null and not is_plain(blank_as_null(text));
