-- What changed since the edition before, and why? New statuses first, then the largest steps of attainment.
with

changes as (from marts.edition_changes),

targets as (from marts.targets),

organizations as (from marts.organizations),

final as (
    select
        changes.compared_with,
        targets.commitment_code,
        changes.indicator_name,
        changes.window_start,
        changes.actual_before,
        changes.actual_after,
        changes.unit,
        changes.attainment_after - changes.attainment_before as attainment_step_pp,
        changes.status_zh_before,
        changes.status_zh_after,
        changes.cause_zh,
        organizations.name_zh as organization_name,
        changes.file_name
    from changes
    left join targets using (target_code)
    left join organizations on changes.organization_code = organizations.organization_code
)

from final
order by
    status_zh_before is distinct from status_zh_after desc,
    abs(attainment_step_pp) desc nulls last,
    commitment_code,
    indicator_name,
    window_start,
    file_name
