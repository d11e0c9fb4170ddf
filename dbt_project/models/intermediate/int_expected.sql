-- What each window asks for by each of its months: the pace line, bent through its anchor where it has one. What is
-- held against a year before is held against the year before of the month judged.
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

goals as (
    select
        windows.target_code,
        windows.indicator_code,
        windows.area_code,
        windows.first_month,
        windows.last_month,
        windows.judged_month,
        windows.pace,
        {{ runs_from_a_base('indicators') }} as runs_from_a_base,
        -- A pure level without a base has nothing to start its line from.
        indicators.aggregation in ('last', 'ratio_last') and indicators.base_period is null as lacks_a_base,
        indicators.base_period,
        earlier.value as earlier_value,
        case
            when windows.comparator = 'zero' then 0
            when windows.comparator in ('done', 'evidence') then 100
            when windows.comparator in ('declines', 'rises') then earlier.value
            else windows.target_value
        end as goal,
        anchors.target_value as anchor_value,
        {{ month_number('anchors.window_end') }} as anchor_month
    from windows
    inner join indicators using (indicator_code)
    left join targets as anchors on windows.anchor_target_code = anchors.target_code
    left join figures as earlier
        on
            windows.comparator in ('declines', 'rises')
            and windows.indicator_code = earlier.indicator_code
            and windows.area_code = earlier.area_code
            and windows.first_month - 12 = earlier.first_month
            and windows.judged_month - 12 = earlier.last_month
),

based as (
    select
        goals.*,
        if(goals.runs_from_a_base, bases.value, if(goals.lacks_a_base, null, 0)) as start_value
    from goals
    left join figures as bases
        on
            goals.runs_from_a_base
            and goals.indicator_code = bases.indicator_code
            and goals.area_code = bases.area_code
            and bases.first_month = {{ base_first_month('goals.base_period') }}
            and bases.last_month = {{ base_last_month('goals.base_period') }}
),

by_month as (
    select
        *,
        unnest(range(first_month, last_month + 1)) as month,
        month = last_month as is_closed
    from based
),

profiled as (
    select
        by_month.*,
        profiles.expected_pct as profile_pct
    from by_month
    asof left join profiles
        on by_month.target_code = profiles.target_code and by_month.month >= profiles.month
),

-- The two ends of the piece of the line that the month lies on.
pieces as (
    select
        *,
        anchor_month between first_month and last_month - 1 as has_anchor,
        if(has_anchor and month > anchor_month, anchor_value, start_value) as from_value,
        if(has_anchor and month <= anchor_month, anchor_value, goal) as to_value,
        if(has_anchor and month > anchor_month, anchor_month, first_month - 1) as from_month,
        if(has_anchor and month <= anchor_month, anchor_month, last_month) as to_month
    from profiled
),

final as (
    select
        target_code,
        first_month,
        month,
        month = judged_month as is_judged,
        goal,
        earlier_value,
        runs_from_a_base,
        start_value,
        cast(case
            when is_closed then goal
            when pace = 'level' then goal
            when pace = 'linear'
                then
                    from_value
                    + {{ divide('to_value - from_value', 'to_month - from_month', 'month - from_month') }}
            when pace = 'profile' then {{ divide('goal', '100', 'coalesce(profile_pct, 0)') }}
        end as decimal(24, 6)) as expected_value,
        cast(case
            when is_closed or pace = 'level' then 100
            when pace = 'profile' then coalesce(profile_pct, 0)
            when pace = 'none' then 0
        end as decimal(24, 6)) as expected_pct,
        pace = 'linear' and not is_closed and start_value is null as lacks_line
    from pieces
)

select * from final
