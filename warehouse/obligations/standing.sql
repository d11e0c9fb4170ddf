-- One row for each month from $first to $last and organization that owes something for it: what it owes, what came by
-- the end of $day, and when.
with

due as (from plan.current_figures_due where period between $first and $last),

observations as (
    from ledger.observations
    where period between $first and $last and cast(recorded_at as date) <= $day
),

submissions as (from ledger.submissions where cast(received_at as date) <= $day),

refusals as (from ledger.refusals),

organizations as (from plan.current_organizations),

-- A figure that was withdrawn is owed again; what comes after that is received when it comes.
withdrawals as (
    select indicator_code, area_code, period, max((sequence, row_number)) as last_withdrawn
    from observations
    where kind = 'withdrawal'
    group by all
),

received as (
    select
        observations.indicator_code,
        observations.area_code,
        observations.period,
        min(observations.recorded_at) as received_at
    from observations
    left join withdrawals using (indicator_code, area_code, period)
    where
        withdrawals.last_withdrawn is null
        or (observations.sequence, observations.row_number) > withdrawals.last_withdrawn
    group by all
),

owed as (
    select
        due.organization_code,
        due.period,
        min(due.deadline) as deadline,
        count(*) as expected,
        count(received.received_at) as received,
        count(*) filter (where cast(received.received_at as date) <= due.deadline) as on_time,
        max(received.received_at) as last_received_at,
        coalesce(
            list(
                {'indicator_code': due.indicator_code, 'area_code': due.area_code}
                order by due.indicator_code, due.area_code
            ) filter (where received.received_at is null),
            []
        ) as missing_figures
    from due
    left join received using (indicator_code, area_code, period)
    group by all
),

-- A file is about the newest month it speaks of; one without a sound row, about the month reported when it came.
newest_months as (
    select submission_id, max(period) as period
    from ledger.observations
    group by all
),

files as (
    select
        submissions.submission_id,
        submissions.sequence,
        submissions.organization_code,
        submissions.status,
        coalesce(newest_months.period, strftime(submissions.received_at - interval 24 days, '%Y-%m')) as period
    from submissions
    left join newest_months using (submission_id)
),

newest_files as (
    select organization_code, period, max_by(submission_id, sequence) as newest_submission_id
    from files
    group by organization_code, period
),

refused as (
    select
        files.organization_code,
        files.period,
        count(distinct files.submission_id) filter (where files.status = 'refused') as files_refused,
        count(distinct (refusals.submission_id, refusals.sheet, refusals.row_number)) as rows_refused
    from files
    inner join refusals using (submission_id)
    group by all
),

final as (
    select
        owed.period,
        owed.organization_code,
        organizations.name_zh as organization_name,
        owed.deadline,
        owed.expected,
        owed.received,
        owed.on_time,
        owed.last_received_at,
        coalesce(refused.files_refused, 0) as files_refused,
        coalesce(refused.rows_refused, 0) as rows_refused,
        newest_files.newest_submission_id,
        owed.missing_figures
    from owed
    inner join organizations using (organization_code)
    left join refused using (organization_code, period)
    left join newest_files using (organization_code, period)
)

from final
order by period, organization_code
