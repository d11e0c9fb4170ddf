-- The series that look like running totals and on which nobody has ruled.
select series.key
from ledger.cumulative_series as series
anti join ledger.rulings as rulings on rulings.kind = 'cumulative' and series.key = rulings.key
order by series.key
