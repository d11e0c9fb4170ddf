-- The pace line of each window, month by month from the one before it: what is to be there by then (应完成), and what
-- share of the way that is (序时进度). What is held against the year before is held against that of the same month.
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

-- What runs from a base starts there; what builds up starts from nothing.
started as (
    select
        windows.*,
        bases.value as base_value,
        windows.comparator in ('done', 'evidence') or not windows.is_level as starts_from_zero,
        if(starts_from_zero, 0, bases.value) as start_value,
        case
            when windows.comparator = 'zero' then 0
            when windows.comparator in ('done', 'evidence') then 100
            else windows.target_value
        end as fixed_goal,
        if(windows.comparator = 'between', windows.target_value, windows.target_value - windows.tolerance)
            as lower_bound,
        if(windows.comparator = 'between', windows.upper_value, windows.target_value + windows.tolerance)
            as upper_bound,
        windows.comparator = 'about' and coalesce(windows.favourable, '') = 'down' as is_open_below,
        windows.comparator = 'about' and coalesce(windows.favourable, '') = 'up' as is_open_above
    from windows
    left join figures as bases
        on
            windows.indicator_code = bases.indicator_code
            and windows.area_code = bases.area_code
            and windows.base_first_month = bases.first_month
            and windows.base_last_month = bases.last_month
),

-- The end of the line: the target, of a band its near bound.
aimed as (
    select
        *,
        case
            when comparator not in ('between', 'about') or pace = 'level' then fixed_goal
            when start_value > upper_bound and not is_open_above then upper_bound
            when start_value < lower_bound and not is_open_below then lower_bound
            when start_value is null then fixed_goal
            else start_value
        end as aim,
        case
            when comparator in ('at_least', 'above', 'done', 'evidence') then start_value < aim
            when comparator in ('at_most', 'below') and not is_capped_sum then start_value > aim
            when comparator in ('between', 'about') then start_value <> aim
            else true
        end as has_way
    from started
),

anchored as (
    select
        aimed.*,
        anchors.target_value as anchor_value,
        {{ month_number('anchors.window_end') }} as anchor_month
    from aimed
    left join targets as anchors on aimed.anchor_target_code = anchors.target_code
),

by_month as (
    select
        *,
        unnest(range(first_month - 1, last_month + 1)) as month
    from anchored
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
        coalesce(anchor_month between first_month and last_month - 1, false) as has_anchor,
        if(has_anchor and month > anchor_month, anchor_value, start_value) as from_value,
        if(has_anchor and month <= anchor_month, anchor_value, aim) as to_value,
        if(has_anchor and month > anchor_month, anchor_month, first_month - 1) as from_month,
        if(has_anchor and month <= anchor_month, anchor_month, last_month) as to_month
    from profiled
),

lines as (
    select
        *,
        cast(case
            when comparator in ('declines', 'rises') then null
            when month = last_month or pace = 'level' then aim
            when pace = 'profile' then {{ divide('aim', '100', 'coalesce(profile_pct, 0)') }}
            when not has_way then aim
            when pace = 'linear'
                then
                    from_value
                    + {{ divide('to_value - from_value', 'to_month - from_month', 'month - from_month') }}
        end as decimal(24, 6)) as line_value,
        -- Whole pieces are expected whole: the line is rounded towards its start.
        case
            when not counts_pieces or pace not in ('linear', 'profile') or month = last_month then line_value
            when aim < start_value then ceil(line_value)
            else floor(line_value)
        end as whole_value
    from pieces
),

-- The same months a year before; fewer of them are not the same months.
years_before as (
    select
        windows.target_code,
        windows.first_month,
        earlier.last_month + 12 as month,
        earlier.value as stated_value,
        coalesce({{ lacks_months('before', 'now') }}, false) as lacks_base_months,
        coalesce({{ lacks_months('now', 'before') }}, false) as lacks_own_months
    from windows
    inner join figures as earlier
        on
            windows.comparator in ('declines', 'rises')
            and windows.indicator_code = earlier.indicator_code
            and windows.area_code = earlier.area_code
            and windows.first_month - 12 = earlier.first_month
            and earlier.last_month between windows.first_month - 12 and windows.last_month - 12
    left join covered as before on {{ of_the_same_months('before', 'earlier') }}
    left join covered as now
        on
            windows.indicator_code = now.indicator_code
            and windows.area_code = now.area_code
            and windows.first_month = now.first_month
            and earlier.last_month + 12 = now.last_month
),

-- What growth, a multiple or an increment is measured from is its input's.
spans as (
    select
        target_code,
        indicator_code,
        area_code,
        first_month,
        judged_month as last_month
    from windows
),

inputs_bases as (
    select
        spans.target_code,
        spans.first_month,
        spans.last_month as month,
        bases.value as base_value
    from spans
    inner join indicators using (indicator_code)
    inner join figures as bases
        on
            indicators.aggregation in ('growth', 'multiple', 'increment')
            and indicators.input_a = bases.indicator_code
            and spans.area_code = bases.area_code
            and bases.first_month = {{ earlier_first_month('spans', 'indicators') }}
            and bases.last_month = {{ earlier_last_month('spans', 'indicators') }}
),

final as (
    select
        lines.target_code,
        lines.first_month,
        lines.month,
        if(years_before.lacks_base_months, null, years_before.stated_value) as earlier_value,
        coalesce(years_before.lacks_own_months, false) as lacks_own_months,
        coalesce(earlier_value, lines.base_value, inputs_bases.base_value) as baseline_value,
        cast(coalesce(lines.fixed_goal, earlier_value) as decimal(24, 6)) as goal,
        cast(lines.lower_bound as decimal(24, 6)) as lower_bound,
        cast(lines.upper_bound as decimal(24, 6)) as upper_bound,
        lines.is_open_below,
        lines.is_open_above,
        cast(lines.start_value as decimal(24, 6)) as start_value,
        cast(lines.aim as decimal(24, 6)) as aim,
        coalesce(lines.has_way, true) as has_way,
        cast(coalesce(lines.whole_value, earlier_value) as decimal(24, 6)) as expected_value,
        cast(case
            when lines.month = lines.last_month or lines.pace = 'level' then 100
            when lines.pace = 'profile' then coalesce(lines.profile_pct, 0)
            when lines.pace = 'none' then 0
            when not lines.has_way then 100
            when not lines.starts_from_zero
                then {{ percent(
                    ['lines.whole_value - lines.start_value', '1'], ['lines.aim - lines.start_value', '1']
                ) }}
            when lines.aim > 0
                then {{ percent(
                    [
                        'lines.from_value * (lines.to_month - lines.from_month)'
                        ~ ' + (lines.to_value - lines.from_value) * (lines.month - lines.from_month)',
                        '1'
                    ],
                    ['lines.to_month - lines.from_month', 'lines.aim']
                ) }}
        end as decimal(24, 6)) as expected_pct
    from lines
    left join years_before
        on
            lines.target_code = years_before.target_code
            and lines.first_month = years_before.first_month
            and lines.month = years_before.month
    left join inputs_bases
        on
            lines.target_code = inputs_bases.target_code
            and lines.first_month = inputs_bases.first_month
            and lines.month = inputs_bases.month
)

select * from final
