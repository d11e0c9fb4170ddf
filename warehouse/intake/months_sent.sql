with texts as (
    select distinct period as text
    from raw_rows
)

select distinct blank_as_null(text) as text
from texts
where blank_as_null(text) is not null;
