with

submission_rounds as (
    select * from {{ source('ledger', 'submission_rounds') }}
),

plan_version as (
    select * from {{ ref('stg_plan_version') }}
),

final as (
    select
        submission_rounds.submission_id,
        submission_rounds.organization_code,
        submission_rounds.rows_refused,
        submission_rounds.due_period
    from submission_rounds
    semi join plan_version using (plan_version)
    where {{ known('submission_rounds.received_at') }}
)

select * from final
