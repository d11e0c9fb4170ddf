select distinct blank_as_null(period) as text
from raw_rows
where blank_as_null(period) is not null;
