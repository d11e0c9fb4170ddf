-- The batch's rows, into the ledger: run inside one transaction.

-- Stop where another writer has committed meanwhile: in a lakehouse whose database ended the session, the turn was lost.
select error('another writer has taken in files meanwhile')
from ledger.submissions
where sequence >= (select min(arrivals.sequence) from arrivals);

insert into ledger.observations by name
select * from new_observations;

insert into ledger.explanations by name
select * from new_explanations;

insert into ledger.refusals by name
select * from new_refusals;

insert into ledger.warnings by name
select * from new_warnings;

insert into ledger.submissions by name
select * from new_submissions;
