-- How many windows of measurable targets stand how, for the district, each section of the plan, each lead
-- organization and each subdistrict: counts, never averages. A window led by two organizations counts for both.
-- The counts are null for a subdistrict without targets of its own.
with

area_progress as (from marts.area_progress),

areas as (from marts.areas),

commitment_progress as (from marts.commitment_progress),

organization_scorecard as (from marts.organization_scorecard),

districts as (
    select
        'district' as scope,
        area_code as code,
        area_name as name,
        0 as place,
        area_progress.* exclude (period, area_code, area_name, level)
    from area_progress
    where level = 'district'
),

sections as (
    select
        'section' as scope,
        section_zh as code,
        section_zh as name,
        min(
            case kind when 'goal' then 0 when 'task' then 1000 else 2000 end
            + cast(regexp_extract(commitment_code, '[0-9]+') as integer)
        ) as place,
        sum(columns(
            commitment_progress.* exclude (
                period, commitment_code, kind, section_zh, title_zh, lead_organization_codes, status, status_zh, light
            )
        ))
    from commitment_progress
    group by section_zh
),

leads as (
    select
        'lead' as scope,
        organization_code as code,
        organization_name as name,
        row_number() over (order by lead_rank, organization_code) as place,
        columns(organization_scorecard.* exclude (
            period, organization_code, organization_name, kind, responsible_windows, responsible_green,
            responsible_yellow, responsible_red, figures_expected, figures_received, figures_on_time, rows_refused,
            green_share_pct, on_time_pct, lead_rank
        ))
    from organization_scorecard
    where windows is not null
),

subdistricts as (
    select
        'subdistrict' as scope,
        areas.area_code as code,
        areas.name_zh as name,
        row_number() over (order by areas.area_code) as place,
        area_progress.* exclude (period, area_code, area_name, level)
    from areas
    left join area_progress using (area_code)
    where areas.level = 'subdistrict'
),

standings as (
    from districts
    union all by name
    from sections
    union all by name
    from leads
    union all by name
    from subdistricts
),

final as (
    select
        *,
        exceeded + achieved + achieved_late as done_count,
        met_so_far + on_track as on_pace_count,
        behind as behind_count,
        far_behind as far_behind_count,
        lost + missed as overdue_count,
        not_reported as not_reported_count,
        in_progress + no_baseline + not_applicable + not_started as not_judged_count
    from standings
)

from final
order by scope, place
