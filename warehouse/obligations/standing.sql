-- One row for each round of reports from $first to $last and organization that owes something in it or sent something
-- about it: what it owes, what came by the end of $day, and when. A figure that others publish later is of an earlier
-- month than its round.
with

figures_due as (from plan.current_figures_due where due_period between $first and $last),

answers as (
    select *
    from ledger.current_answers
    where cast(recorded_at as date) <= $day and (ended_at is null or cast(ended_at as date) > $day)
),

submissions as (
    select *
    from ledger.current_submission_rounds
    where cast(received_at as date) <= $day
),

refusals as (from ledger.refusals),

organizations as (from plan.current_organizations),

came as (
    select
        figures_due.organization_code,
        figures_due.indicator_code,
        figures_due.area_code,
        figures_due.period,
        figures_due.due_period,
        figures_due.deadline,
        min(answers.answered_at) filter (where answers.is_own) as stated_at,
        coalesce(stated_at, min(answers.answered_at)) as received_at
    from figures_due
    left join answers
        on
            figures_due.indicator_code = answers.indicator_code
            and figures_due.area_code = answers.area_code
            and figures_due.period between answers.first_period and answers.last_period
    group by all
),

owed as (
    select
        came.organization_code,
        came.due_period as period,
        min(came.deadline) as deadline,
        count(*) as expected,
        count(came.received_at) as received,
        count(*) filter (where cast(came.stated_at as date) <= came.deadline) as on_time,
        max(came.received_at) as last_received_at,
        coalesce(
            list(
                {'indicator_code': came.indicator_code, 'area_code': came.area_code, 'period': came.period}
                order by came.indicator_code, came.period, came.area_code
            ) filter (where came.received_at is null),
            []
        ) as missing_figures
    from came
    group by all
),

deadlines as (
    select
        due_period as period,
        min(deadline) as deadline
    from figures_due
    group by all
),

newest_files as (
    select organization_code, due_period as period, max_by(submission_id, sequence) as newest_submission_id
    from submissions
    group by organization_code, due_period
),

refused as (
    select
        submissions.organization_code,
        submissions.due_period as period,
        count(distinct submissions.submission_id) filter (where submissions.status = 'refused') as files_refused,
        count(distinct (refusals.submission_id, refusals.sheet, refusals.row_number)) as rows_refused
    from submissions
    inner join refusals using (submission_id)
    group by all
),

final as (
    select
        period,
        organization_code,
        organizations.name_zh as organization_name,
        coalesce(owed.deadline, deadlines.deadline) as deadline,
        coalesce(owed.expected, 0) as expected,
        coalesce(owed.received, 0) as received,
        coalesce(owed.on_time, 0) as on_time,
        owed.last_received_at,
        coalesce(refused.files_refused, 0) as files_refused,
        coalesce(refused.rows_refused, 0) as rows_refused,
        newest_files.newest_submission_id,
        coalesce(owed.missing_figures, []) as missing_figures
    from owed
    full join newest_files using (organization_code, period)
    left join refused using (organization_code, period)
    inner join organizations using (organization_code)
    inner join deadlines using (period)
)

from final
order by period, organization_code
