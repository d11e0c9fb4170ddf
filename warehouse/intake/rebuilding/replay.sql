-- The recorded rows of a table, {table}, into the ledger.
insert into ledger.{table} by name
select *
from read_parquet($path);
