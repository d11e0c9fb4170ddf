-- What each window asked for by the month judged: the point of its pace line at that month.
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

{{ pace_line_pieces('[judged_month]') }},

final as (
    select
        target_code,
        first_month,
        goal,
        earlier_value,
        lacks_months_of_last_year,
        baseline_value,
        {{ pace_line_value() }} as expected_value,
        cast(case
            when is_closed or pace = 'level' then 100
            when pace = 'profile' then coalesce(profile_pct, 0)
            when pace = 'none' then 0
            -- What builds up from nothing is expected by the months; a level is worth what it attains.
            when goal > 0 and not runs_from_a_base and not lacks_a_base
                then {{ percent(
                    ['from_value * (to_month - from_month) + (to_value - from_value) * (judged_month - from_month)', '1'],
                    ['to_month - from_month', 'goal']
                ) }}
        end as decimal(24, 6)) as expected_pct,
        pace = 'linear' and not is_closed and from_value is null as lacks_line
    from pieces
)

select * from final
