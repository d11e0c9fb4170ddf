-- One row per indicator of the plan: what a sample series needs to know of it, and what is promised of it.
with

indicators as (from plan.current_indicators),

areas as (from plan.current_areas),

settings as (from plan.current_settings),

district as (
    select value as area_code
    from settings
    where key = 'area_code'
),

targets as (
    select
        indicator_code,
        list(
            {
                'window_start': window_start,
                'window_end': window_end,
                'comparator': comparator,
                'repeat': repeat,
                'target_value': target_value,
                'upper_value': upper_value,
                'tolerance': tolerance,
                'judged': judged,
                'pace': pace,
                'after_window': after_window
            }
            order by window_start, window_end, target_code
        ) as aims
    from plan.current_targets
    semi join district using (area_code)
    where superseded_by is null
    group by indicator_code
),

shares as (
    select
        indicator_code,
        area_code,
        max_by(target_value, window_end) as target_value
    from plan.current_targets
    anti join district using (area_code)
    where superseded_by is null and target_value > 0
    group by indicator_code, area_code
),

-- What each area has a share in has its share in the district's figure; what else is split by chance.
area_shares as (
    select
        indicator_code,
        map_from_entries(list((area_code, target_value))) as area_shares
    from shares
    group by indicator_code
),

final as (
    select
        indicators.indicator_code,
        indicators.name_zh,
        indicators.unit,
        indicators.favourable,
        indicators.aggregation,
        string_split(indicators.input_a, ';') as first_inputs,
        indicators.input_b as second_input,
        coalesce(indicators.scale, 1) as scale,
        indicators.base_period,
        indicators.denominator_name_zh,
        indicators.frequency,
        indicators.reported_as,
        indicators.source_zh,
        indicators.decimals,
        indicators.value_min,
        indicators.value_max,
        coalesce(targets.aims, []) as aims,
        case
            when indicators.reporting_level = 'subdistrict' then (
                select list(areas.area_code order by areas.area_code)
                from areas
                where areas.level = 'subdistrict'
            )
            else (select [district.area_code] from district)
        end as area_codes,
        coalesce(area_shares.area_shares, map {}) as area_shares
    from indicators
    left join targets using (indicator_code)
    left join area_shares using (indicator_code)
)

from final
order by indicator_code
