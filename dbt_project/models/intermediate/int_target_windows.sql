-- Each target's windows that have begun, a reporting year each where it is judged yearly.
with recursive

targets as (
    select * from {{ ref('stg_targets') }}
),

target_values as (
    select * from {{ ref('stg_target_values') }}
),

revisions as (
    select * from {{ ref('stg_target_revisions') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

units as (
    select * from {{ ref('units') }}
),

versions as (
    select
        target_code,
        1 as target_version
    from targets
    where target_code not in (select revisions.replaced_by from revisions)
    union all
    select
        revisions.replaced_by,
        versions.target_version + 1 as target_version
    from versions
    inner join revisions using (target_code)
),

spans as (
    select
        *,
        {{ month_number('window_start') }} as start_month,
        {{ month_number('window_end') }} as end_month
    from targets
),

opened as (
    select
        *,
        unnest(
            if(
                repeat = 'yearly',
                range({{ year_start_of('start_month') }}, end_month + 1, 12),
                [start_month]
            )
        ) as opens
    from spans
),

windows as (
    select
        * exclude (opens, end_month, window_start, window_end),
        greatest(opens, start_month) as first_month,
        if(repeat = 'yearly', least(opens + 11, end_month), end_month) as last_month
    from opened
),

-- A year may have a value of its own.
valued as (
    select
        windows.* exclude (start_month)
        replace (
            if(target_values.target_code is null, windows.target_value, target_values.target_value) as target_value,
            if(target_values.target_code is null, windows.upper_value, target_values.upper_value) as upper_value
        ),
        windows.first_month > windows.start_month as is_later_window
    from windows
    left join target_values
        on
            windows.target_code = target_values.target_code
            and windows.repeat = 'yearly'
            and {{ year_start_of('windows.first_month') }} // 12 = target_values.year
    where windows.first_month <= {{ the_month() }}
),

final as (
    select
        valued.*,
        -- The newest month whose figure the edition shows.
        {{ judged_month(
            'valued.last_month', '(' ~ the_month() ~ ' - derivations.lag_months)', 'derivations.months_each'
        ) }} as judged_month,
        -- Where a level starts from: its base period, or the end of the year before where it is set anew each year.
        case
            when not derivations.is_level then null
            when valued.is_later_window then valued.first_month - 12
            else {{ base_first_month('indicators.base_period') }}
        end as base_first_month,
        case
            when not derivations.is_level then null
            when valued.is_later_window then valued.first_month - 1
            else {{ base_last_month('indicators.base_period') }}
        end as base_last_month,
        indicators.favourable,
        indicators.aggregation,
        indicators.base_period,
        indicators.decimals,
        derivations.is_level,
        derivations.adds_up,
        derivations.averages_months,
        derivations.compares_years or valued.comparator in ('declines', 'rises') as compares_years,
        derivations.begins_each_year,
        derivations.months_each,
        derivations.lag_months,
        -- Whole pieces: things that are counted and exist only as wholes.
        coalesce(units.is_countable, false)
        and indicators.decimals = 0
        and (derivations.adds_up or derivations.is_level)
        and valued.comparator not in ('done', 'evidence', 'declines', 'rises') as counts_pieces,
        -- A sum that may not pass a bound: what was counted cannot be undone.
        derivations.adds_up
        and (
            valued.comparator in ('at_most', 'below', 'zero', 'between')
            or (valued.comparator = 'about' and coalesce(indicators.favourable, '') <> 'up')
        ) as is_capped_sum,
        coalesce(versions.target_version, 1) as target_version,
        case
            when replaced.target_code is not null
                then {{ the_month() }} < {{ month_number("strftime(replaced.revised_on, '%Y-%m')") }}
            when valued.superseded_by is not null then false
            when replacing.target_code is not null
                then {{ the_month() }} >= {{ month_number("strftime(replacing.revised_on, '%Y-%m')") }}
            else true
        end as in_force
    from valued
    inner join indicators on valued.indicator_code = indicators.indicator_code
    inner join derivations on valued.indicator_code = derivations.indicator_code
    left join units on indicators.unit = units.unit
    left join versions on valued.target_code = versions.target_code
    left join revisions as replaced on valued.target_code = replaced.target_code
    left join revisions as replacing on valued.target_code = replacing.replaced_by
)

select * from final
