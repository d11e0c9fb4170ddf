-- Which pieces make up an area's month: its own, or else those of its parts; rates by their two parts.
with

pieces as (
    select * from {{ ref('int_reported_pieces') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

parts_of_areas as (
    select * from ancestors
    where distance > 0
),

held_months as (
    select
        indicator_code,
        area_code,
        month,
        unnest(months_held) as month_held
    from pieces
    where aggregation <> 'mean'
),

-- An area's own figure outranks those of its parts in the months that it holds: what is in both would count twice. A
-- part's running total that touches such a month is left out whole (R8).
outranked as (
    select
        held_months.indicator_code,
        held_months.area_code,
        held_months.month,
        min(parts_of_areas.distance) as outranked_from
    from held_months
    inner join parts_of_areas on held_months.area_code = parts_of_areas.area_code
    inner join held_months as above
        on
            held_months.indicator_code = above.indicator_code
            and parts_of_areas.ancestor_code = above.area_code
            and held_months.month_held = above.month_held
    group by all
),

final as (
    select
        pieces.indicator_code,
        ancestors.ancestor_code as area_code,
        pieces.area_code as part_code,
        ancestors.distance = 0 as is_own,
        pieces.month,
        pieces.kind,
        pieces.aggregation,
        pieces.amount,
        pieces.base,
        pieces.months_held,
        pieces.first_month_held,
        pieces.is_block
    from pieces
    inner join ancestors on pieces.area_code = ancestors.area_code
    left join outranked
        on
            pieces.indicator_code = outranked.indicator_code
            and pieces.area_code = outranked.area_code
            and pieces.month = outranked.month
    where
        ancestors.distance < coalesce(outranked.outranked_from, 1000)
        and (ancestors.distance = 0 or pieces.aggregation <> 'mean')
)

select * from final
