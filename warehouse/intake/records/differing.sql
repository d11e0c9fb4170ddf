-- The first row of a table, {table}, that the ledger and the records of its batches do not have in common: `recorded` of what
-- the ledger lacks, `held` of what it holds and no record names.
with

recorded as (
    select {columns}
    from read_parquet($files, union_by_name = true)
),

held as (
    select {columns}
    from ledger.{table}
    semi join recorded_submissions using (submission_id)
),

differing as (
    select 'recorded' as side, * from (from recorded except all from held)
    union all
    select 'held' as side, * from (from held except all from recorded)
)

select count(*) over () as differing_rows, *
from differing
order by all
limit 1;
