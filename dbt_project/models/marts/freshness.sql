with

compliance as (
    select * from {{ ref('submission_compliance') }}
),

figures_due as (
    select * from {{ ref('stg_figures_due') }}
),

submissions as (
    select * from {{ ref('stg_submissions') }}
),

plan_version as (
    select * from {{ ref('stg_plan_version') }}
),

plan_settings as (
    select * from {{ ref('stg_plan_settings') }}
),

this_month as (
    select
        coalesce(sum(figures_expected), 0) as figures_expected,
        coalesce(sum(figures_received), 0) as figures_received
    from compliance
    where period = '{{ var("period") }}'
),

known as (
    select
        max(received_at) as known_through,
        coalesce(bool_or(is_sample), false) as is_sample
    from submissions
),

next_month as (
    select min(deadline) as next_deadline
    from figures_due
    where due_period > '{{ var("period") }}'
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        cast(nullif('{{ var("as_of") }}', '') as date) as as_of,
        known.known_through,
        cast(this_month.figures_expected as integer) as figures_expected,
        cast(this_month.figures_received as integer) as figures_received,
        {{ round_half_up(
            divide('this_month.figures_received', 'nullif(this_month.figures_expected, 0)', '100'), 1
        ) }} as coverage_pct,
        next_month.next_deadline,
        known.is_sample,
        plan_settings.title_zh as plan_title,
        plan_version.plan_version
    from this_month
    cross join known
    cross join next_month
    cross join plan_settings
    cross join plan_version
)

select * from final
