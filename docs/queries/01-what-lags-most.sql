-- What lags most, who leads it, and why? Targets in force, the furthest behind first.
with

progress as (from marts.indicator_progress),

organizations as (from marts.organizations),

leads as (
    select
        target_code,
        window_start,
        unnest(string_split(lead_organization_codes, ';')) as organization_code
    from progress
),

final as (
    select
        progress.commitment_code,
        progress.indicator_name,
        progress.attainment_pct,
        progress.expected_pct,
        progress.gap_pp,
        progress.status_zh,
        string_agg(organizations.name_zh, '、' order by organizations.organization_code) as lead_organizations,
        progress.note
    from progress
    left join leads using (target_code, window_start)
    left join organizations using (organization_code)
    where progress.in_force and progress.light in ('yellow', 'red')
    group by all
)

from final
order by gap_pp, commitment_code
limit 20
