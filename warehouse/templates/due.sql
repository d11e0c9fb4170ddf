-- What the department owes for the month: indicator by area, with what it said last and what is promised.
with due as (
    select
        indicators.*,
        areas.area_code,
        areas.name_zh as area_name
    from plan.current_indicators as indicators
    inner join plan.current_areas as areas on indicators.reporting_level = areas.level
    left join plan.current_settings as district on district.key = 'area_code' and areas.area_code = district.value
    where
        indicators.organization_code = $organization_code
        and (areas.level <> 'district' or district.key is not null)
        and indicators.aggregation not in ('growth', 'multiple', 'increment', 'quotient', 'difference')
        and case indicators.frequency
            when 'monthly' then true
            when 'quarterly' then right($period, 2) in ('03', '06', '09', '12')
            else right($period, 2) = '12'
        end
),

statements as (
    select *
    from ledger.observations
    where period < $period
    qualify row_number() over (
        partition by indicator_code, area_code, period
        order by sequence desc, row_number desc
    ) = 1
),

newest as (
    select
        indicator_code,
        area_code,
        arg_max(value, period) as value,
        arg_max(numerator, period) as numerator,
        arg_max(denominator, period) as denominator,
        max(period) as period
    from statements
    where kind not in ('withdrawal', 'not_applicable')
    group by indicator_code, area_code
),

promised as (
    select
        indicator_code,
        area_code,
        string_agg(
            concat(comparator, ' ', cast(target_value as varchar), '|', window_start, '|', window_end),
            ';' order by window_end, target_code
        ) as targets
    from plan.current_targets
    where target_value is not null and $period between window_start and window_end and superseded_by is null
    group by indicator_code, area_code
)

select
    due.indicator_code,
    due.name_zh as indicator_name,
    due.unit,
    due.area_code,
    due.area_name,
    due.aggregation,
    due.numerator_name_zh,
    due.denominator_name_zh,
    due.value_min,
    due.value_max,
    newest.period as last_period,
    newest.value as last_value,
    newest.numerator as last_numerator,
    newest.denominator as last_denominator,
    promised.targets
from due
left join newest using (indicator_code, area_code)
left join promised using (indicator_code, area_code)
order by due.indicator_code, due.area_code;
