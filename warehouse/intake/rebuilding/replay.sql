-- The rows of a table, {table}, that the file of a batch holds, into the ledger.
insert into ledger.{table} by name
select unnest({table})
from read_parquet($path)
where {table} is not null;
