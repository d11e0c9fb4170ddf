-- Which pieces of its parts make up an area's month: those of months that the area did not report itself.
with

pieces as (
    select * from {{ ref('int_reported_pieces') }}
),

totals as (
    select * from {{ ref('int_reported_totals') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

parts_of_areas as (
    select
        area_number,
        ancestor_number,
        distance
    from {{ ref('int_area_ancestors') }}
    where distance > 0
),

-- Only rates and what adds up make up a whole.
adding_pieces as (
    select pieces.*
    from pieces
    semi join indicator_numbers
        on pieces.indicator_number = indicator_numbers.indicator_number and indicator_numbers.aggregation <> 'mean'
),

held_months as (
    select
        indicator_number,
        area_number,
        month,
        month as month_held
    from adding_pieces
    where not is_block
    union all
    select
        indicator_number,
        area_number,
        month,
        unnest(months_held) as month_held
    from totals
    where len(months_held) > 1
),

held_by_wholes as (
    select distinct
        indicator_number,
        area_number,
        month_held
    from held_months
    semi join parts_of_areas on held_months.area_number = parts_of_areas.ancestor_number
),

-- An area's own figure outranks those of its parts in the months that it holds: what is in both would count twice. A
-- part's running total that touches such a month is left out whole (R8).
outranked as (
    select
        held_months.indicator_number,
        held_months.area_number,
        held_months.month,
        min(parts_of_areas.distance) as outranked_from
    from held_months
    inner join parts_of_areas using (area_number)
    inner join held_by_wholes
        on
            held_months.indicator_number = held_by_wholes.indicator_number
            and parts_of_areas.ancestor_number = held_by_wholes.area_number
            and held_months.month_held = held_by_wholes.month_held
    group by all
),

final as (
    select
        pieces.indicator_number,
        parts_of_areas.ancestor_number as area_number,
        pieces.area_number as part_number,
        pieces.month,
        pieces.kind,
        pieces.amount,
        pieces.base,
        pieces.first_month_held,
        pieces.months_held,
        pieces.is_block
    from adding_pieces as pieces
    inner join parts_of_areas using (area_number)
    left join outranked using (indicator_number, area_number, month)
    where outranked.outranked_from is null or parts_of_areas.distance < outranked.outranked_from
)

select * from final
