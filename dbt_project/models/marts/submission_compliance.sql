with

figures_due as (
    select * from {{ ref('int_figures_due') }}
),

answers as (
    select * from {{ ref('stg_answers') }}
),

submission_rounds as (
    select * from {{ ref('stg_submission_rounds') }}
),

organizations as (
    select * from {{ ref('stg_organizations') }}
),

-- An edition knows no running total of a later month than its own. Each answer is joined by its month, not by a range.
answered_months as (
    select
        indicator_code,
        area_code,
        first_month as month,
        is_own,
        answered_at
    from answers
    where first_month = last_month and answer_month <= {{ the_month() }}
    union all
    select
        indicator_code,
        area_code,
        cast(unnest(range(first_month, last_month + 1)) as integer) as month,
        is_own,
        answered_at
    from answers
    where first_month < last_month and answer_month <= {{ the_month() }}
),

received as (
    select
        figures_due.organization_code,
        figures_due.indicator_code,
        figures_due.area_code,
        figures_due.month,
        figures_due.due_month,
        figures_due.deadline,
        min(answered_months.answered_at) filter (where answered_months.is_own) as stated_at,
        coalesce(stated_at, min(answered_months.answered_at)) as received_at
    from figures_due
    left join answered_months using (indicator_code, area_code, month)
    group by all
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

sent as (
    select
        organization_code,
        {{ month_number('due_period') }} as month,
        sum(rows_refused) as rows_refused
    from submission_rounds
    where due_period <= '{{ var("period") }}'
    group by all
),

-- An organization with nothing due still gets a row for a month that it sent a file about.
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
