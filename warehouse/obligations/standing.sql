-- One row for each round of reports from $first to $last and organization that owes something in it or sent something
-- about it: what it owes, what came by the end of $day, and when. A figure that others publish later is of an earlier
-- month than its round.
with

due as (from plan.current_figures_due where due_period between $first and $last),

observations as (
    select *
    from ledger.observations
    semi join due using (indicator_code, area_code, period)
    where cast(recorded_at as date) <= $day
),

indicators as (from plan.current_indicators),

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

terms as (
    select cast(any_value(value) as integer) as year_starts
    from plan.current_settings
    where key = 'year_starts'
),

places_of_totals as (
    select distinct
        observations.indicator_code,
        observations.area_code,
        observations.period
    from ledger.observations as observations
    inner join indicators using (indicator_code)
    semi join due on observations.indicator_code = due.indicator_code and observations.area_code = due.area_code
    where
        observations.kind in ('opening', 'total')
        and indicators.aggregation in ('sum', 'ratio')
        and cast(observations.recorded_at as date) <= $day
),

-- What was said last at a place, where that is a running total of what adds up.
totals as (
    select
        indicator_code,
        area_code,
        period,
        max_by(recorded_at, (sequence, row_number)) as recorded_at
    from ledger.observations
    semi join places_of_totals using (indicator_code, area_code, period)
    where cast(recorded_at as date) <= $day
    group by all
    having max_by(kind, (sequence, row_number)) in ('opening', 'total')
),

-- A later running total of the reporting year holds a month of which nothing was said; it does not make it timely.
covered as (
    select
        due.indicator_code,
        due.area_code,
        due.period,
        min(totals.recorded_at) as covered_at
    from due
    cross join terms
    inner join totals
        on
            due.indicator_code = totals.indicator_code
            and due.area_code = totals.area_code
            and due.period < totals.period
            and year(cast(due.period || '-01' as date) - to_months(terms.year_starts - 1))
            = year(cast(totals.period || '-01' as date) - to_months(terms.year_starts - 1))
    group by all
),

came as (
    select
        due.*,
        received.received_at as stated_at,
        coalesce(received.received_at, covered.covered_at) as received_at
    from due
    left join received using (indicator_code, area_code, period)
    left join covered using (indicator_code, area_code, period)
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
    from due
    group by all
),

plan_rounds as (
    select
        min(due_period) as first_period,
        max(due_period) as last_period
    from plan.current_figures_due
),

rounds_of_rows as (
    select
        observations.submission_id,
        strftime(cast(observations.period || '-01' as date) + to_months(indicators.lag_months), '%Y-%m') as period
    from ledger.observations as observations
    inner join indicators using (indicator_code)
),

newest_rounds as (
    select
        rounds_of_rows.submission_id,
        max(rounds_of_rows.period) as period
    from rounds_of_rows
    inner join plan_rounds on rounds_of_rows.period between plan_rounds.first_period and plan_rounds.last_period
    group by all
),

-- As in the mart submission_compliance: a file is about the newest round of the plan that was taken from it, else about
-- the one that was open when it came. What is sound and holds only months outside the plan is about none.
files as (
    select
        submissions.submission_id,
        submissions.sequence,
        submissions.organization_code,
        submissions.status,
        coalesce(
            newest_rounds.period,
            greatest(
                plan_rounds.first_period,
                least(plan_rounds.last_period, strftime(submissions.received_at - interval 24 days, '%Y-%m'))
            )
        ) as period
    from submissions
    cross join plan_rounds
    left join newest_rounds using (submission_id)
    where
        newest_rounds.period is not null
        or submissions.rows_refused > 0
        or submissions.status = 'refused'
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
