-- The columns of a table, {table}, when its rows were recorded.
describe
select unnest({table})
from read_parquet($path);
