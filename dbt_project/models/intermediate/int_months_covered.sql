-- Which months a figure is made of, where it is held against another year's: growth, a multiple, a decline or a rise
-- compare the same months of two years from the same areas; what only one of the years has makes them different ones.
with

asked as (
    select * from {{ ref('int_figures_asked_for') }}
),

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

months_held as (
    select * from {{ ref('int_months_held') }}
),

compared as (
    select input_a as indicator_code
    from indicators
    where aggregation in ('growth', 'multiple')
    union
    select indicator_code
    from windows
    where comparator in ('declines', 'rises')
),

sources as (
    select
        compared.indicator_code,
        unnest(derivations.reported_codes) as source_code
    from compared
    inner join derivations using (indicator_code)
),

-- What was held is looked up for what is asked alone.
asked_sources as (
    select distinct
        asked.indicator_code,
        asked.area_code,
        sources.source_code,
        indicator_numbers.indicator_number,
        area_numbers.area_number,
        indicators.reporting_level,
        indicators.aggregation in ('last', 'ratio_last') as is_level
    from asked
    inner join sources on asked.indicator_code = sources.indicator_code
    inner join indicators on sources.source_code = indicators.indicator_code
    inner join indicator_numbers on sources.source_code = indicator_numbers.indicator_code
    inner join area_numbers on asked.area_code = area_numbers.area_code
),

-- An area's own figure speaks for each of its parts.
parts as (
    select
        ancestors.ancestor_number as area_number,
        ancestors.area_number as part_number
    from ancestors
    inner join areas on ancestors.area_code = areas.area_code and areas.level = 'subdistrict'
),

held_by_parts as (
    select
        asked_sources.indicator_code,
        asked_sources.area_code,
        asked_sources.source_code,
        coalesce(parts.part_number, months_held.part_number) as part_number,
        months_held.month_held,
        months_held.held_from,
        months_held.first_month_held,
        asked_sources.is_level
    from months_held
    inner join asked_sources using (indicator_number, area_number)
    left join parts
        on
            months_held.is_own
            and asked_sources.reporting_level = 'subdistrict'
            and months_held.area_number = parts.area_number
),

held_of_asked as (
    select
        asked.*,
        held_by_parts.source_code,
        held_by_parts.part_number,
        held_by_parts.month_held,
        held_by_parts.is_level
    from asked
    inner join held_by_parts
        on
            asked.indicator_code = held_by_parts.indicator_code
            and asked.area_code = held_by_parts.area_code
            and asked.last_month >= held_by_parts.held_from
            and asked.first_month <= held_by_parts.first_month_held
),

-- A level is known by its newest month alone: one that is missing before it changes nothing.
covering as (
    select * exclude (is_level)
    from held_of_asked
    where not is_level
    union all
    select
        * exclude (is_level, month_held),
        max(month_held) as month_held
    from held_of_asked
    where is_level
    group by all
),

final as (
    select
        indicator_code,
        area_code,
        first_month,
        last_month,
        list_sort(list(distinct concat_ws(' ', month_held - first_month, source_code, part_number))) as months_covered
    from covering
    group by all
)

select * from final
