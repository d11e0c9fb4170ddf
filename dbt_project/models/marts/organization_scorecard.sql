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
        cast(sum(rows_refused) as bigint) as rows_refused,
        coalesce(bool_and(is_complete) filter (where period = '{{ var("period") }}'), true) as has_reported_all
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
        -- What was due and did not come counts as not green.
        led.green + led.yellow + led.red + led.owed as judged_windows,
        {{ divide('led.green', 'nullif(judged_windows, 0)', '100') }} as green_share_pct,
        {{ divide('reporting.figures_on_time', 'nullif(reporting.figures_expected, 0)', '100') }} as on_time_pct,
        -- Who has not reported all that was due has no rank.
        coalesce(judged_windows, 0) > 0 and coalesce(reporting.has_reported_all, true) as is_ranked
    from organizations
    left join led using (organization_code)
    left join shared using (organization_code)
    left join reporting using (organization_code)
),

ranked as (
    select
        *,
        rank() over (order by green_share_pct desc, on_time_pct desc nulls last) as lead_rank,
        count(*) over (partition by green_share_pct, on_time_pct) > 1 as is_tied,
        count(*) over () as ranked_organizations
    from scored
    where is_ranked
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        scored.* exclude (green_share_pct, on_time_pct, is_ranked, judged_windows),
        cast(scored.judged_windows as bigint) as judged_windows,
        {{ round_half_up('scored.green_share_pct', 1) }} as green_share_pct,
        {{ round_half_up('scored.on_time_pct', 1) }} as on_time_pct,
        cast(ranked.lead_rank as integer) as lead_rank,
        cast(max(ranked.ranked_organizations) over () as integer) as ranked_organizations,
        coalesce(ranked.is_tied, false) as is_rank_tied,
        coalesce(scored.judged_windows, 0) between 1 and {{ var('few_windows') }} as leads_few_windows
    from scored
    left join ranked using (organization_code)
)

select * from final
order by organization_code
