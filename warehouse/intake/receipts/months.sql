-- The rounds of reports that each answered submission speaks of: a figure that others publish later is of an earlier month
-- than its round.
create or replace temp table answered_months as
with spoken_of as (
    select distinct
        observations.submission_id,
        observations.period,
        coalesce(indicators.lag_months, 0) as lag_months
    from ledger.observations as observations
    semi join answered using (submission_id)
    left join plan.current_indicators as indicators using (indicator_code)
    where observations.kind <> 'opening'
)

select distinct
    answered.submission_id,
    answered.organization_code,
    strftime(cast(spoken_of.period || '-01' as date) + to_months(spoken_of.lag_months), '%Y-%m') as period
from spoken_of
inner join answered using (submission_id)
union all
-- A file without one sound row is about the round that was being collected when it came.
select
    rounds.submission_id,
    rounds.organization_code,
    rounds.open_round as period
from ledger.open_rounds as rounds
semi join answered using (submission_id)
anti join spoken_of using (submission_id);
