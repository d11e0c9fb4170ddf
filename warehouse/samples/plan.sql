-- One row per indicator that somebody reports: what a sample series needs to know of it.
with

indicators as (from plan.current_indicators),

areas as (from plan.current_areas),

settings as (from plan.current_settings),

targets as (
    select
        indicator_code,
        list(
            {
                'window_start': window_start,
                'window_end': window_end,
                'comparator': comparator,
                'repeat': repeat,
                'target_value': target_value
            }
            order by window_start, window_end, target_code
        ) as aims
    from plan.current_targets
    group by indicator_code
),

derivations as (
    select
        derived.input_a as indicator_code,
        derived.aggregation,
        derived.indicator_code as derived_code,
        derived.scale,
        partners.unit as partner_unit
    from indicators as derived
    left join indicators as partners on derived.input_b = partners.indicator_code
    where derived.input_a is not null
    union all
    select input_b, 'partner', indicator_code, scale, null
    from indicators
    where input_b is not null
),

uses as (
    select
        derivations.indicator_code,
        list(
            {
                'aggregation': derivations.aggregation,
                'partner_unit': derivations.partner_unit,
                'scale': derivations.scale,
                'aims': targets.aims
            }
            order by derivations.derived_code
        ) as uses
    from derivations
    left join targets on derivations.derived_code = targets.indicator_code
    group by derivations.indicator_code
),

final as (
    select
        indicators.indicator_code,
        indicators.name_zh,
        indicators.unit,
        indicators.organization_code,
        indicators.aggregation,
        indicators.frequency,
        indicators.decimals,
        coalesce(indicators.scale, 1) as scale,
        indicators.value_min,
        indicators.value_max,
        coalesce(targets.aims, []) as aims,
        coalesce(uses.uses, []) as uses,
        case
            when indicators.reporting_level = 'subdistrict' then (
                select list(areas.area_code order by areas.area_code)
                from areas
                where areas.level = 'subdistrict'
            )
            else (select [settings.value] from settings where settings.key = 'area_code')
        end as area_codes
    from indicators
    left join targets using (indicator_code)
    left join uses using (indicator_code)
    where indicators.organization_code is not null
)

from final
order by organization_code, indicator_code
