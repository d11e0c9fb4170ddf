-- The columns of a table when its rows were recorded.
describe
select *
from read_parquet($path);
