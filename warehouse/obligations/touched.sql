-- One row for each reported indicator and commitment that a target measures by it, also through a derived indicator, with
-- the names of who leads that.
with

targets as (from plan.current_targets),

commitments as (from plan.commitments semi join plan.current_version using (plan_version)),

roles as (from plan.commitment_organizations semi join plan.current_version using (plan_version)),

sources as (from plan.indicator_sources semi join plan.current_version using (plan_version)),

organizations as (from plan.current_organizations),

leads as (
    select roles.commitment_code, list(organizations.name_zh order by organizations.organization_code) as lead_names
    from roles
    inner join organizations using (organization_code)
    where roles.role = 'lead'
    group by roles.commitment_code
),

measured as (
    select distinct sources.source_code as indicator_code, targets.commitment_code
    from targets
    inner join sources using (indicator_code)
    where targets.superseded_by is null
),

final as (
    select
        measured.indicator_code,
        measured.commitment_code,
        commitments.title_zh,
        coalesce(leads.lead_names, []) as lead_names
    from measured
    inner join commitments using (commitment_code)
    left join leads using (commitment_code)
)

from final
order by indicator_code, commitment_code
