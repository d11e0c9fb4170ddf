-- The other rows of a chunk, which the rules must look at.

insert into raw_rows by name
with kept as (
    select row_id
    from plain_rows
    where row_id >= (select min(chunk.row_id) from chunk)
)

select
    chunk.*,
    sources.delivery,
    sources.sheet,
    number_of(chunk.row_id) as row_number,
    sources.names_month,
    sources.width,
    sources.value_unit,
    sources.ytd_unit,
    sources.parts_unit,
    sources.is_delimited
from chunk
inner join sources on source_of(chunk.row_id) = sources.source
anti join kept using (row_id);
