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

own_answers as (
    select
        indicator_code,
        area_code,
        answer_month as month,
        answered_at
    from answers
    where is_own
),

-- An edition knows no running total of a later month than its own.
months_in_totals as (
    select
        indicator_code,
        area_code,
        unnest(range(first_month, last_month + 1)) as month,
        answered_at
    from answers
    where not is_own and answer_month <= {{ the_month() }}
),

answers_by_totals as (
    select
        indicator_code,
        area_code,
        month,
        min(answered_at) as answered_at
    from months_in_totals
    group by all
),

-- A month has at most one own statement in force, so the join adds no rows and needs no grouping.
received as (
    select
        figures_due.organization_code,
        figures_due.due_month,
        figures_due.deadline,
        own_answers.answered_at as stated_at,
        coalesce(own_answers.answered_at, answers_by_totals.answered_at) as received_at
    from figures_due
    left join own_answers using (indicator_code, area_code, month)
    left join answers_by_totals using (indicator_code, area_code, month)
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
