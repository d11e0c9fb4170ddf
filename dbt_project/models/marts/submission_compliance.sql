with

figures_due as (
    select * from {{ ref('int_figures_due') }}
),

observations as (
    select * from {{ ref('stg_observations') }}
),

submissions as (
    select * from {{ ref('stg_submissions') }}
),

organizations as (
    select * from {{ ref('stg_organizations') }}
),

plan_figures_due as (
    select * from {{ ref('stg_figures_due') }}
),

first_received as (
    select
        organization_code,
        indicator_code,
        area_code,
        month,
        min(recorded_at) as received_at
    from observations
    where kind <> 'withdrawal'
    group by all
),

due as (
    select
        figures_due.organization_code,
        figures_due.month,
        max(figures_due.deadline) as deadline,
        count(*) as figures_expected,
        count(first_received.received_at) as figures_received,
        count(*) filter (where cast(first_received.received_at as date) <= figures_due.deadline) as figures_on_time,
        min(first_received.received_at) as first_received_at,
        max(first_received.received_at) as last_received_at
    from figures_due
    left join first_received using (organization_code, indicator_code, area_code, month)
    group by all
),

deadlines as (
    select
        month,
        min(deadline) as deadline
    from figures_due
    group by all
),

plan_months as (
    select
        min({{ month_number('period') }}) as first_month,
        max({{ month_number('period') }}) as last_month
    from plan_figures_due
),

newest_months as (
    select
        observations.submission_id,
        max(observations.month) as month
    from observations
    inner join plan_months
        on observations.month between plan_months.first_month and plan_months.last_month
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
