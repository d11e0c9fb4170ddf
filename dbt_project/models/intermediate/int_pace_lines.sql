-- The pace line of each window, month by month to its end.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

targets as (
    select * from {{ ref('stg_targets') }}
),

profiles as (
    select
        target_code,
        {{ month_number('period') }} as month,
        expected_pct
    from {{ ref('stg_pace_profiles') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

covered as (
    select * from {{ ref('int_months_covered') }}
),

{{ pace_line_pieces('range(first_month, last_month + 1)') }},

final as (
    select
        target_code,
        first_month,
        month,
        month = judged_month as is_judged,
        {{ pace_line_value() }} as expected_value
    from pieces
)

select * from final
