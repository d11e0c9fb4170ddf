{# The pace lines of the windows at the months asked for, an expression that lists them for each window: the ends of the
   piece of the line that each month lies on, bent through its anchor where it has one. What is held against a year
   before is held against the year before of the month judged. Reads the imports windows, indicators, targets, profiles,
   figures and covered, and ends in the CTE `pieces`. #}
{% macro pace_line_pieces(months) -%}
-- The months that each window's figure runs over.
spans as (
    select
        target_code,
        first_month,
        judged_month as last_month
    from windows
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
        -- What a level starts from is its own; growth, multiple and increment are measured from their input's.
        if(runs_from_a_base, windows.indicator_code, indicators.input_a) as base_code,
        if(
            runs_from_a_base,
            {{ base_first_month('indicators.base_period') }},
            {{ earlier_first_month('spans', 'indicators') }}
        ) as base_first_month,
        if(
            runs_from_a_base,
            {{ base_last_month('indicators.base_period') }},
            {{ earlier_last_month('spans', 'indicators') }}
        ) as base_last_month,
        -- Fewer months of the year before are not the same months.
        if(coalesce({{ lacks_months('before', 'now') }}, false), null, earlier.value) as earlier_value,
        windows.comparator = 'declines' and coalesce({{ lacks_months('now', 'before') }}, false)
            as lacks_months_of_last_year,
        case
            when windows.comparator = 'zero' then 0
            when windows.comparator in ('done', 'evidence') then 100
            when windows.comparator in ('declines', 'rises') then earlier_value
            else windows.target_value
        end as goal,
        anchors.target_value as anchor_value,
        {{ month_number('anchors.window_end') }} as anchor_month
    from windows
    inner join spans using (target_code, first_month)
    inner join indicators using (indicator_code)
    left join targets as anchors on windows.anchor_target_code = anchors.target_code
    left join figures as earlier
        on
            windows.comparator in ('declines', 'rises')
            and windows.indicator_code = earlier.indicator_code
            and windows.area_code = earlier.area_code
            and windows.first_month - 12 = earlier.first_month
            and windows.judged_month - 12 = earlier.last_month
    left join covered as before on {{ of_the_same_months('before', 'earlier') }}
    left join covered as now
        on
            earlier.value is not null
            and windows.indicator_code = now.indicator_code
            and windows.area_code = now.area_code
            and windows.first_month = now.first_month
            and windows.judged_month = now.last_month
),

based as (
    select
        goals.*,
        if(goals.runs_from_a_base, bases.value, if(goals.lacks_a_base, null, 0)) as start_value,
        coalesce(goals.earlier_value, bases.value) as baseline_value
    from goals
    left join figures as bases
        on
            goals.base_code = bases.indicator_code
            and goals.area_code = bases.area_code
            and goals.base_first_month = bases.first_month
            and goals.base_last_month = bases.last_month
),

by_month as (
    select
        *,
        unnest({{ months }}) as month,
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
)
{%- endmacro %}

{# The value of the line at the month of a piece, in the indicator's unit; null where there is no line. #}
{% macro pace_line_value() -%}
        cast(case
            when is_closed then goal
            when pace = 'level' then goal
            when pace = 'linear'
                then
                    from_value
                    + {{ divide('to_value - from_value', 'to_month - from_month', 'month - from_month') }}
            when pace = 'profile' then {{ divide('goal', '100', 'coalesce(profile_pct, 0)') }}
        end as decimal(24, 6))
{%- endmacro %}
