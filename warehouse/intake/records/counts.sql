-- How many rows of each table the file of a batch holds.
select
    count(submissions) as submissions,
    count(observations) as observations,
    count(refusals) as refusals,
    count(warnings) as warnings
from read_parquet($path);
