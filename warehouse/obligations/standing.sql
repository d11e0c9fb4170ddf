-- One row for each organization that owes something for the month $period: what it owes, what came, and when.
with

due as (from plan.current_figures_due where period = $period),

observations as (from ledger.observations where period = $period),

submissions as (from ledger.submissions),

refusals as (from ledger.refusals),

organizations as (from plan.current_organizations),

-- A figure that was withdrawn is owed again; what comes after that is received when it comes.
withdrawals as (
    select indicator_code, area_code, max((sequence, row_number)) as last_withdrawn
    from observations
    where kind = 'withdrawal'
    group by all
),

received as (
    select observations.indicator_code, observations.area_code, min(observations.recorded_at) as received_at
    from observations
    left join withdrawals using (indicator_code, area_code)
    where
        withdrawals.last_withdrawn is null
        or (observations.sequence, observations.row_number) > withdrawals.last_withdrawn
    group by all
),

owed as (
    select
        due.organization_code,
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
    left join received using (indicator_code, area_code)
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
        submissions.organization_code,
        submissions.status,
        coalesce(newest_months.period, strftime(submissions.received_at - interval 24 days, '%Y-%m')) as period
    from submissions
    left join newest_months using (submission_id)
),

refused as (
    select
        files.organization_code,
        count(distinct files.submission_id) filter (where files.status = 'refused') as files_refused,
        count(distinct (refusals.submission_id, refusals.sheet, refusals.row_number)) as rows_refused
    from files
    inner join refusals using (submission_id)
    where files.period = $period
    group by all
),

final as (
    select
        owed.organization_code,
        organizations.name_zh as organization_name,
        owed.deadline,
        owed.expected,
        owed.received,
        owed.on_time,
        owed.last_received_at,
        coalesce(refused.files_refused, 0) as files_refused,
        coalesce(refused.rows_refused, 0) as rows_refused,
        owed.missing_figures
    from owed
    inner join organizations using (organization_code)
    left join refused using (organization_code)
)

from final
order by organization_code
