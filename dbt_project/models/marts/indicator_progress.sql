with

standings as (
    select * from {{ ref('int_status') }}
),

forecast as (
    select * from {{ ref('int_forecast') }}
),

missing_parts as (
    select * from {{ ref('int_missing_parts') }}
),

statuses as (
    select * from {{ ref('statuses') }}
),

rules as (
    select * from {{ ref('stg_status_rules') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

plan_version as (
    select * from {{ ref('stg_plan_version') }}
),

leads as (
    select
        commitment_code,
        string_agg(organization_code, ';' order by organization_code) as lead_organization_codes
    from {{ ref('stg_commitment_organizations') }}
    where role = 'lead'
    group by all
),

shown as (
    select
        standings.* exclude (value),
        standings.value as actual_value,
        -- What is not met never prints as 100, nor what held at last but not throughout.
        {{ round_half_up('standings.attained_pct', 1) }} = 100
        and (not coalesce(standings.is_met, false) or standings.status = 'lost') as is_held_under_100,
        if(is_held_under_100, 99.9, {{ round_half_up('standings.attained_pct', 1) }}) as shown_pct,
        coalesce(missing_parts.part_names, []) as missing_parts,
        statuses.status_zh,
        coalesce(rules.light, statuses.light) as light
    from standings
    inner join statuses using (status)
    left join rules using (status)
    left join missing_parts using (target_code, first_month)
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        shown.area_code,
        areas.name_zh as area_name,
        shown.target_code,
        shown.indicator_code,
        indicators.name_zh as indicator_name,
        indicators.name_en as indicator_name_en,
        shown.commitment_code,
        leads.lead_organization_codes,
        indicators.unit,
        shown.comparator,
        {{ month_text('shown.first_month') }} as window_start,
        {{ month_text('shown.last_month') }} as window_end,
        shown.target_value,
        -- A base that lacks months of its year is none.
        if(shown.reason = 'missing_baseline' and shown.baseline_value > 0, null, shown.baseline_value)
            as baseline_value,
        cast(shown.actual_value as decimal(24, 6)) as actual_value,
        cast(shown.shown_pct as decimal(24, 1)) as attainment_pct,
        {{ round_half_up('shown.expected_pct', 2) }} as expected_pct,
        shown.expected_value,
        cast(shown.actual_value - shown.expected_value as decimal(24, 6)) as gap_value,
        {{ round_half_up('if(shown.is_held_under_100, 99.9 - shown.expected_pct, shown.exact_gap_pp)', 1) }} as gap_pp,
        shown.status,
        shown.status_zh,
        shown.light,
        forecast.forecast_value,
        forecast.forecast_meets_target,
        forecast.required_monthly,
        {{ month_text('shown.reported_through') }} as reported_through,
        {{ progress_note('shown', 'indicators') }} as note,
        shown.upper_value,
        shown.tolerance,
        shown.judged,
        shown.pace,
        shown.target_version,
        shown.in_force,
        shown.superseded_by,
        cast(shown.breaches as integer) as breaches,
        cast(shown.reports_due as integer) as reports_due,
        cast(shown.reports_received as integer) as reports_received,
        cast(shown.parts_due as integer) as parts_due,
        cast(shown.parts_reported as integer) as parts_reported,
        {{ round_half_up(divide('shown.parts_reported', 'shown.parts_due', '100'), 1) }} as coverage_pct,
        coalesce(coverage_pct < {{ var('coverage_floor_pct') }}, false) as is_provisional,
        plan_version.plan_version
    from shown
    inner join indicators using (indicator_code)
    left join areas on shown.area_code = areas.area_code
    left join leads on shown.commitment_code = leads.commitment_code
    left join forecast using (target_code, first_month)
    cross join plan_version
)

select * from final
order by target_code, window_start, area_code
