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

refusals as (
    select * from {{ ref('stg_refusals') }}
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

-- A refused row counts for the months that its file is about.
months_of_files as (
    select
        submission_id,
        max(month) as month
    from observations
    group by all
),

refused as (
    select
        submissions.organization_code,
        months_of_files.month,
        count(distinct concat_ws('|', refusals.submission_id, refusals.sheet, refusals.row_number)) as rows_refused
    from refusals
    inner join submissions using (submission_id)
    inner join months_of_files using (submission_id)
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
