-- The first row of a table, {table}, of submissions whose records have no row of it.
select
    count(*) over () as differing_rows,
    'held' as side,
    held.*
from ledger.{table} as held
semi join recorded_submissions using (submission_id)
order by all
limit 1;
