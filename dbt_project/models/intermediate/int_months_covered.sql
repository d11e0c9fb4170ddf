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

-- An area's own figure speaks for each of its parts.
parts as (
    select
        ancestors.ancestor_code as area_code,
        ancestors.area_code as part_code
    from ancestors
    inner join areas on ancestors.area_code = areas.area_code and areas.level = 'subdistrict'
),

held_by_parts as (
    select
        sources.indicator_code,
        sources.source_code,
        months_held.area_code,
        coalesce(parts.part_code, months_held.part_code) as part_code,
        months_held.month_held,
        months_held.held_from,
        months_held.first_month_held,
        indicators.aggregation in ('last', 'ratio_last') as is_level
    from months_held
    inner join sources on months_held.indicator_code = sources.source_code
    inner join indicators on sources.source_code = indicators.indicator_code
    left join parts
        on
            months_held.is_own
            and indicators.reporting_level = 'subdistrict'
            and months_held.area_code = parts.area_code
),

-- A level is known by its newest month alone: one that is missing before it changes nothing.
covering as (
    select
        asked.*,
        held_by_parts.source_code,
        held_by_parts.part_code,
        held_by_parts.month_held
    from asked
    inner join held_by_parts
        on
            asked.indicator_code = held_by_parts.indicator_code
            and asked.area_code = held_by_parts.area_code
            and asked.last_month >= held_by_parts.held_from
            and asked.first_month <= held_by_parts.first_month_held
    qualify
        not held_by_parts.is_level
        or held_by_parts.month_held = max(held_by_parts.month_held) over (
            partition by
                asked.indicator_code,
                asked.area_code,
                asked.first_month,
                asked.last_month,
                held_by_parts.source_code,
                held_by_parts.part_code
        )
),

final as (
    select
        indicator_code,
        area_code,
        first_month,
        last_month,
        list_sort(list(distinct concat_ws(' ', month_held - first_month, source_code, part_code))) as months_covered
    from covering
    group by all
)

select * from final
