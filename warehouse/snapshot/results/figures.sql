-- Each target's window: the figure, the plan's words that it is judged by, who leads it and who reports it.
with

progress as (from marts.indicator_progress),

targets as (from marts.targets),

indicators as (from marts.indicators),

commitments as (from marts.commitments),

organizations as (from marts.organizations),

led as (
    select
        progress.target_code,
        progress.window_start,
        list(organizations.organization_code order by leads.place) as lead_codes,
        string_agg(organizations.name_zh, '、' order by leads.place) as lead_names
    from progress,
        unnest(string_split(progress.lead_organization_codes, ';')) with ordinality as leads (code, place)
    inner join organizations on leads.code = organizations.organization_code
    group by all
),

final as (
    select
        progress.*,
        targets.quote_zh,
        targets.note_zh as reading_zh,
        targets.repeat,
        targets.revised_on,
        targets.revision_approved_by,
        targets.revision_reason_zh,
        commitments.kind as commitment_kind,
        commitments.section_zh,
        commitments.title_zh as commitment_title,
        coalesce(led.lead_codes, []) as lead_codes,
        led.lead_names,
        indicators.favourable,
        indicators.decimals,
        indicators.aggregation,
        indicators.frequency,
        indicators.numerator_name_zh,
        indicators.denominator_name_zh,
        indicators.description_zh,
        indicators.organization_code as reporter_code,
        reporters.name_zh as reporter_name
    from progress
    inner join targets using (target_code)
    inner join commitments on progress.commitment_code = commitments.commitment_code
    inner join indicators on progress.indicator_code = indicators.indicator_code
    left join organizations as reporters on indicators.organization_code = reporters.organization_code
    left join led on progress.target_code = led.target_code and progress.window_start = led.window_start
)

from final
order by
    case commitment_kind when 'goal' then 0 when 'task' then 1 when 'annex' then 2 else 3 end,
    commitment_code,
    target_code,
    window_start,
    area_code
