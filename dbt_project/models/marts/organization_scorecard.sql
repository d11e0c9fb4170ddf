with

organizations as (
    select * from {{ ref('stg_organizations') }}
),

commitment_organizations as (
    select * from {{ ref('stg_commitment_organizations') }}
),

progress as (
    select *
    from {{ ref('indicator_progress') }}
    where in_force
),

compliance as (
    select * from {{ ref('submission_compliance') }}
),

led as (
    select commitment_organizations.organization_code, {{ standing_counts('progress') }}
    from commitment_organizations
    inner join progress using (commitment_code)
    where commitment_organizations.role = 'lead'
    group by all
),

shared as (
    select
        commitment_organizations.organization_code,
        count(*) filter (where progress.comparator <> 'evidence') as responsible_windows,
        count(*) filter (where progress.light = 'green' and progress.comparator <> 'evidence') as responsible_green,
        count(*) filter (where progress.light = 'yellow' and progress.comparator <> 'evidence') as responsible_yellow,
        count(*) filter (where progress.light = 'red' and progress.comparator <> 'evidence') as responsible_red
    from commitment_organizations
    inner join progress using (commitment_code)
    where commitment_organizations.role = 'responsible'
    group by all
),

reporting as (
    select
        organization_code,
        cast(sum(figures_expected) as bigint) as figures_expected,
        cast(sum(figures_received) as bigint) as figures_received,
        cast(sum(figures_on_time) as bigint) as figures_on_time,
        cast(sum(rows_refused) as bigint) as rows_refused
    from compliance
    group by all
),

scored as (
    select
        organizations.organization_code,
        organizations.name_zh as organization_name,
        organizations.kind,
        led.* exclude (organization_code),
        shared.* exclude (organization_code),
        coalesce(reporting.figures_expected, 0) as figures_expected,
        coalesce(reporting.figures_received, 0) as figures_received,
        coalesce(reporting.figures_on_time, 0) as figures_on_time,
        coalesce(reporting.rows_refused, 0) as rows_refused,
        {{ divide('led.green', 'nullif(led.windows - led.grey, 0)', '100') }} as green_share_pct,
        {{ divide('reporting.figures_on_time', 'nullif(reporting.figures_expected, 0)', '100') }} as on_time_pct
    from organizations
    left join led using (organization_code)
    left join shared using (organization_code)
    left join reporting using (organization_code)
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        * exclude (green_share_pct, on_time_pct),
        {{ round_half_up('green_share_pct', 1) }} as green_share_pct,
        {{ round_half_up('on_time_pct', 1) }} as on_time_pct,
        -- By the share of green among the judged windows that it leads, then by punctuality; those that lead none last.
        cast(if(
            windows > 0,
            rank() over (order by green_share_pct desc nulls last, on_time_pct desc nulls last),
            null
        ) as integer) as lead_rank
    from scored
)

select * from final
order by organization_code
