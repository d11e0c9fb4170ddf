-- What lags most, who leads it, and why? Open windows of targets in force, those that lag or are silent longest first.
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
        progress.months_behind,
        progress.months_unreported,
        string_agg(organizations.name_zh, '、' order by organizations.organization_code) as lead_organizations,
        progress.note
    from progress
    left join leads using (target_code, window_start)
    left join organizations using (organization_code)
    where
        progress.in_force
        and progress.comparator <> 'evidence'
        and not progress.is_closed
        and (progress.light in ('yellow', 'red') or progress.is_owed)
    group by all
)

from final
order by months_behind + months_unreported desc, gap_pp, commitment_code, indicator_name, note
limit 20
