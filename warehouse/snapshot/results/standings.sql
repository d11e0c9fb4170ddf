-- How many windows in force of measurable targets stand how, those that run and those that have closed apart, for the
-- district, each commitment, each section of the plan, each lead organization and each subdistrict: counts, never
-- averages. A window led by two organizations counts for both. An area without targets of its own has no windows.
with

progress as (
    select
        *,
        comparator = 'evidence' as is_evidence,
        window_end <= period as has_closed
    from marts.indicator_progress
    where in_force
),

areas as (from marts.areas),

commitments as (
    select
        *,
        case kind when 'goal' then 0 when 'task' then 1000 when 'annex' then 2000 else 3000 end
        + coalesce(try_cast(regexp_extract(commitment_code, '[0-9]+') as integer), 0) as place
    from marts.commitments
),

scorecards as (
    select
        organization_code,
        organization_name,
        row_number() over (order by lead_rank nulls last, organization_code) as place
    from marts.organization_scorecard
),

led as (
    select
        progress.*,
        unnest(string_split(lead_organization_codes, ';')) as organization_code
    from progress
),

scoped as (
    select
        areas.level as scope,
        areas.area_code as code,
        areas.name_zh as name,
        cast(areas.area_code as varchar) as place,
        progress.* exclude (area_code, area_name)
    from areas
    left join progress using (area_code)
    where areas.level in ('district', 'subdistrict')
    union all by name
    select
        'commitment' as scope,
        commitments.commitment_code as code,
        commitments.title_zh as name,
        printf('%06d', commitments.place) as place,
        progress.* exclude (commitment_code, area_code, area_name)
    from commitments
    left join progress using (commitment_code)
    union all by name
    select
        'section' as scope,
        commitments.section_zh as code,
        commitments.section_zh as name,
        printf('%06d', min(commitments.place) over (partition by commitments.section_zh)) as place,
        progress.* exclude (commitment_code, area_code, area_name)
    from commitments
    inner join progress using (commitment_code)
    union all by name
    select
        'lead' as scope,
        scorecards.organization_code as code,
        scorecards.organization_name as name,
        printf('%06d', scorecards.place) as place,
        led.* exclude (organization_code, area_code, area_name)
    from scorecards
    inner join led using (organization_code)
),

final as (
    select
        scope,
        code,
        name,
        min(place) as place,
        count(distinct target_code) filter (where not is_evidence) as targets,
        count(target_code) filter (where not is_evidence) as windows,
        coalesce(histogram(status) filter (where not is_evidence and not has_closed), map {}) as running_statuses,
        coalesce(histogram(status) filter (where not is_evidence and has_closed), map {}) as closed_statuses,
        count(target_code) filter (where is_evidence) as evidence_items,
        count(target_code) filter (where is_evidence and actual_value >= 100) as evidence_done
    from scoped
    group by scope, code, name
)

from final
order by scope, place, code
