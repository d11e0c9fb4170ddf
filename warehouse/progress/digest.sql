-- A table's rows as one hash, whatever their order and the file's bytes; `rows_of` stands for the table.
with

digests as (
    select md5(cast(rows_of as varchar)) as digest
    from rows_of
)

select sha256(coalesce(string_agg(digest, '' order by digest), '')) as digest
from digests
