with

answers as (
    select * from {{ source('ledger', 'answers') }}
),

plan_version as (
    select * from {{ ref('stg_plan_version') }}
),

final as (
    select
        answers.indicator_code,
        answers.area_code,
        {{ month_number('answers.first_period') }} as first_month,
        {{ month_number('answers.last_period') }} as last_month,
        answers.is_own,
        {{ month_number('answers.answer_period') }} as answer_month,
        answers.submission_id,
        answers.answered_at,
        answers.recorded_at
    from answers
    semi join plan_version using (plan_version)
    where {{ in_force('answers.recorded_at', 'answers.ended_at') }}
)

select * from final
