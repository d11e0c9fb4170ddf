with

standings as (
    select *
    from {{ ref('int_window_statuses') }}
    where is_newest
),

histories as (
    select * from {{ ref('int_window_histories') }}
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

plan_settings as (
    select * from {{ ref('stg_plan_settings') }}
),

observations as (
    select * from {{ ref('int_valid_observations') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

leads as (
    select
        commitment_code,
        string_agg(organization_code, ';' order by organization_code) as lead_organization_codes
    from {{ ref('stg_commitment_organizations') }}
    where role = 'lead'
    group by all
),

-- What a department wrote or claimed beside its figures.
words as (
    select
        standings.target_code,
        standings.first_month,
        standings.judged_month,
        standings.reported_through,
        observations.month,
        observations.remark,
        observations.claimed_rate
    from standings
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
    inner join observations using (indicator_number, area_number)
    where observations.remark is not null or observations.claimed_rate is not null
),

-- The newest words that came with a figure of the window.
remarks as (
    select
        target_code,
        first_month,
        arg_max(remark, month) as remark
    from words
    where remark is not null and month between first_month and judged_month
    group by all
),

-- The rate that was claimed with the newest figure.
claims as (
    select
        target_code,
        first_month,
        any_value(claimed_rate) as claimed_rate
    from words
    where claimed_rate is not null and month = reported_through
    group by all
),

-- What is not met never prints as 100, nor what held at last but not throughout, but as the largest figure below it.
rounded as (
    select
        standings.* exclude (value),
        standings.value as actual_value,
        cast(power(0.1, plan_settings.attainment_decimals) as decimal(6, 4)) as smallest_step,
        {{ as_published('standings.attained_pct', 'plan_settings.attainment_decimals') }} as rounded_pct,
        (rounded_pct >= 100 and not coalesce(standings.is_met, false)) or (rounded_pct = 100 and standings.is_lost)
            as is_held_under_100,
        if(is_held_under_100, 100 - smallest_step, rounded_pct) as shown_pct
    from standings
    cross join plan_settings
),

shown as (
    select
        rounded.*,
        coalesce(missing_parts.part_names, []) as missing_parts,
        -- Of what others publish later, the sentence names the month that the figure is of.
        greatest(
            rounded.first_month,
            if(rounded.lag_months > 0, coalesce(rounded.due_month, rounded.judged_month), rounded.judged_month)
        ) as noted_month,
        if(
            rounded.comparator in ('at_most', 'below', 'zero', 'declines'),
            coalesce(statuses.cap_zh, statuses.status_zh),
            statuses.status_zh
        ) as status_zh,
        coalesce(rules.light, statuses.light) as light
    from rounded
    inner join statuses using (status)
    left join rules
        on
            rounded.status = rules.status
            and rules.pace = if(rounded.pace = 'level' or rounded.is_held_as_level, 'level', 'growing')
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
        cast(shown.shown_pct as decimal(24, 2)) as attainment_pct,
        {{ round_half_up('shown.expected_pct', 2) }} as expected_pct,
        shown.expected_value,
        cast(shown.actual_value - shown.expected_value as decimal(24, 6)) as gap_value,
        {{ round_half_up(
            "if(shown.is_held_under_100 and shown.lag_pp = shown.attained_pct - shown.expected_pct,"
            ~ " shown.shown_pct - shown.expected_pct, shown.lag_pp)", 1
        ) }} as gap_pp,
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
        cast(coalesce(shown.reports_due, 0) as integer) as reports_due,
        cast(coalesce(shown.reports_received, 0) as integer) as reports_received,
        cast(coalesce(shown.parts_due, 0) as integer) as parts_due,
        cast(coalesce(shown.parts_reported, 0) as integer) as parts_reported,
        {{ round_half_up(divide('shown.parts_reported', 'nullif(shown.parts_due, 0)', '100'), 1) }} as coverage_pct,
        coalesce(coverage_pct < {{ var('coverage_floor_pct') }}, false) as is_provisional,
        {{ round_half_up('shown.way_gone_pct', 2) }} as way_gone_pct,
        histories.last_status,
        {{ month_text('histories.last_status_month') }} as last_status_period,
        histories.months_behind,
        histories.months_unreported,
        remarks.remark,
        {{ round_half_up('claims.claimed_rate', 2) }} as claimed_rate,
        {{ round_half_up('claims.claimed_rate - shown.shown_pct', 1) }} as claimed_gap_pp,
        shown.after_window,
        shown.is_closed,
        {{ month_text('nullif(greatest(shown.judged_month, shown.first_month - 1), shown.first_month - 1)') }}
            as judged_period,
        -- What was due and did not come, also the base.
        shown.status = 'not_reported' or shown.owes_baseline as is_owed,
        plan_version.plan_version
    from shown
    inner join indicators using (indicator_code)
    left join areas on shown.area_code = areas.area_code
    left join leads on shown.commitment_code = leads.commitment_code
    left join forecast using (target_code, first_month)
    left join histories using (target_code, first_month)
    left join remarks using (target_code, first_month)
    left join claims using (target_code, first_month)
    cross join plan_version
)

select * from final
order by target_code, window_start, area_code
