-- What a build would use now: every submission in order of arrival, and the plan in force.
with

submissions as (select * from ledger.submissions),

current_version as (select * from plan.current_version),

arrived as (
    select coalesce(list(submission_id order by sequence), []) as submissions
    from submissions
)

select arrived.submissions, current_version.plan_version
from arrived
cross join current_version
