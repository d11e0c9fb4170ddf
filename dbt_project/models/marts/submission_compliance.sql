with

figures_due as (
    select * from {{ ref('int_figures_due') }}
),

observations as (
    select * from {{ ref('stg_observations') }}
),

months_held as (
    select * from {{ ref('int_months_held') }}
),

submissions as (
    select * from {{ ref('stg_submissions') }}
),

organizations as (
    select * from {{ ref('stg_organizations') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

plan_figures_due as (
    select * from {{ ref('stg_figures_due') }}
),

-- A figure that was withdrawn is owed again; what comes after that is received when it comes.
withdrawals as (
    select
        indicator_code,
        area_code,
        month,
        max((sequence, row_number)) as last_withdrawn
    from observations
    where kind = 'withdrawal'
    group by all
),

stated as (
    select
        observations.indicator_code,
        observations.area_code,
        observations.month,
        min(observations.recorded_at) as received_at
    from observations
    left join withdrawals using (indicator_code, area_code, month)
    where
        withdrawals.last_withdrawn is null
        or (observations.sequence, observations.row_number) > withdrawals.last_withdrawn
    group by all
),

-- A later running total of the year holds a month that nothing was said of (R5); it does not make it timely.
covered as (
    select
        months_held.indicator_code,
        months_held.area_code,
        months_held.month_held as month,
        min(stated.received_at) as received_at
    from months_held
    inner join stated
        on
            months_held.indicator_code = stated.indicator_code
            and months_held.area_code = stated.area_code
            and months_held.held_from = stated.month
    where months_held.is_own and months_held.held_from > months_held.month_held
    group by all
),

received as (
    select
        figures_due.organization_code,
        figures_due.due_month,
        figures_due.deadline,
        stated.received_at as stated_at,
        coalesce(stated.received_at, covered.received_at) as received_at
    from figures_due
    left join stated using (indicator_code, area_code, month)
    left join covered using (indicator_code, area_code, month)
),

due as (
    select
        organization_code,
        due_month as month,
        max(deadline) as deadline,
        count(*) as figures_expected,
        count(received_at) as figures_received,
        count(*) filter (where cast(stated_at as date) <= deadline) as figures_on_time,
        min(received_at) as first_received_at,
        max(received_at) as last_received_at
    from received
    group by all
),

deadlines as (
    select
        due_month as month,
        min(deadline) as deadline
    from figures_due
    group by all
),

plan_months as (
    select
        min({{ month_number('due_period') }}) as first_month,
        max({{ month_number('due_period') }}) as last_month
    from plan_figures_due
),

-- A figure that others publish later is of an earlier month than its round of reports.
rounds_of_rows as (
    select
        observations.submission_id,
        observations.month + indicators.lag_months as month
    from observations
    inner join indicators using (indicator_code)
),

newest_months as (
    select
        rounds_of_rows.submission_id,
        max(rounds_of_rows.month) as month
    from rounds_of_rows
    inner join plan_months
        on rounds_of_rows.month between plan_months.first_month and plan_months.last_month
    group by all
),

-- The ledger does not keep which month a refused row names, so it counts for the month that its file is of: the newest
-- of the plan that was taken from it, else the month whose reports were asked for when it came (from the 25th on, the
-- month itself). What is sound and holds only months outside the plan is of none.
months_of_files as (
    select
        submissions.organization_code,
        submissions.rows_refused,
        coalesce(
            newest_months.month,
            greatest(
                plan_months.first_month,
                least(
                    plan_months.last_month,
                    {{ month_number("strftime(submissions.received_at - interval 24 days, '%Y-%m')") }}
                )
            )
        ) as month
    from submissions
    cross join plan_months
    left join newest_months using (submission_id)
    where
        newest_months.month is not null
        or submissions.rows_refused > 0
        or submissions.status = 'refused'
),

sent as (
    select
        organization_code,
        month,
        sum(rows_refused) as rows_refused
    from months_of_files
    where month <= {{ the_month() }}
    group by all
),

-- Who owes nothing for a month and sent something about it has a row of it too.
due_or_sent as (
    select
        organization_code,
        month,
        coalesce(due.deadline, deadlines.deadline) as deadline,
        coalesce(due.figures_expected, 0) as figures_expected,
        coalesce(due.figures_received, 0) as figures_received,
        coalesce(due.figures_on_time, 0) as figures_on_time,
        coalesce(sent.rows_refused, 0) as rows_refused,
        due.first_received_at,
        due.last_received_at
    from due
    full join sent using (organization_code, month)
    left join deadlines using (month)
),

final as (
    select
        due_or_sent.organization_code,
        organizations.name_zh as organization_name,
        {{ month_text('due_or_sent.month') }} as period,
        due_or_sent.deadline,
        cast(due_or_sent.figures_expected as integer) as figures_expected,
        cast(due_or_sent.figures_received as integer) as figures_received,
        cast(due_or_sent.figures_on_time as integer) as figures_on_time,
        due_or_sent.figures_received = due_or_sent.figures_expected as is_complete,
        cast(due_or_sent.rows_refused as integer) as rows_refused,
        due_or_sent.first_received_at,
        due_or_sent.last_received_at
    from due_or_sent
    left join organizations using (organization_code)
)

select * from final
order by organization_code, period
