-- Each goal, task, annex item and safeguard with its words and who leads it, as its worst target stands, in the plan's
-- order.
with

commitment_progress as (from marts.commitment_progress),

commitments as (from marts.commitments),

organizations as (from marts.organizations),

led as (
    select
        commitment_progress.commitment_code,
        string_agg(organizations.name_zh, '、' order by leads.place) as lead_names
    from commitment_progress,
        unnest(string_split(commitment_progress.lead_organization_codes, ';')) with ordinality as leads (code, place)
    inner join organizations on leads.code = organizations.organization_code
    group by all
),

final as (
    select
        commitment_progress.*,
        commitments.text_zh,
        led.lead_names
    from commitment_progress
    inner join commitments using (commitment_code)
    left join led using (commitment_code)
)

from final
order by case kind when 'goal' then 0 when 'task' then 1 when 'annex' then 2 else 3 end, commitment_code
