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

-- A file is about the newest month that it holds; one that was refused whole, about the month before it came.
months_of_files as (
    select
        submissions.submission_id,
        submissions.organization_code,
        submissions.rows_refused,
        coalesce(
            max(observations.month),
            {{ month_number("strftime(submissions.received_at, '%Y-%m')") }} - 1
        ) as month
    from submissions
    left join observations using (submission_id)
    group by submissions.submission_id, submissions.organization_code, submissions.rows_refused, submissions.received_at
),

refused as (
    select
        organization_code,
        month,
        sum(rows_refused) as rows_refused
    from months_of_files
    group by all
),

final as (
    select
        due.organization_code,
        organizations.name_zh as organization_name,
        {{ month_text('due.month') }} as period,
        due.deadline,
        cast(due.figures_expected as integer) as figures_expected,
        cast(due.figures_received as integer) as figures_received,
        cast(due.figures_on_time as integer) as figures_on_time,
        due.figures_received = due.figures_expected as is_complete,
        cast(coalesce(refused.rows_refused, 0) as integer) as rows_refused,
        due.first_received_at,
        due.last_received_at
    from due
    left join organizations using (organization_code)
    left join refused using (organization_code, month)
)

select * from final
order by organization_code, period
