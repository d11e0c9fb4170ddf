-- The months that each answered submission speaks of.
create or replace temp table answered_months as
with spoken_of as (
    select distinct
        observations.submission_id,
        observations.period
    from ledger.observations as observations
    semi join answered using (submission_id)
    where observations.kind <> 'opening'
)

select
    answered.submission_id,
    answered.organization_code,
    spoken_of.period
from spoken_of
inner join answered using (submission_id)
union all
-- A file without one sound row is about the month that was being reported when it came.
select
    submission_id,
    organization_code,
    strftime(received_at - interval 24 days, '%Y-%m') as period
from answered
anti join spoken_of using (submission_id);
