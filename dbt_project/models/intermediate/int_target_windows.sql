-- Each target's windows that have begun, a calendar year each where it is judged yearly, and how far each has run.
with recursive

targets as (
    select * from {{ ref('stg_targets') }}
),

revisions as (
    select * from {{ ref('stg_target_revisions') }}
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

windows as (
    select
        *,
        unnest(
            if(
                repeat = 'yearly',
                range({{ january_of('start_month') }}, end_month + 1, 12),
                [start_month]
            )
        ) as opens
    from spans
),

final as (
    select
        windows.* exclude (start_month, end_month, opens, window_start, window_end),
        greatest(opens, start_month) as first_month,
        if(repeat = 'yearly', least(opens + 11, end_month), end_month) as last_month,
        least(if(repeat = 'yearly', least(opens + 11, end_month), end_month), {{ the_month() }}) as judged_month,
        coalesce(versions.target_version, 1) as target_version,
        case
            when replaced.target_code is not null
                then {{ the_month() }} < {{ month_number("strftime(replaced.revised_on, '%Y-%m')") }}
            when windows.superseded_by is not null then false
            when replacing.target_code is not null
                then {{ the_month() }} >= {{ month_number("strftime(replacing.revised_on, '%Y-%m')") }}
            else true
        end as in_force
    from windows
    left join versions on windows.target_code = versions.target_code
    left join revisions as replaced on windows.target_code = replaced.target_code
    left join revisions as replacing on windows.target_code = replacing.replaced_by
    where greatest(opens, start_month) <= {{ the_month() }}
)

select * from final
