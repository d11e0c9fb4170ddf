-- Every area with each area that holds it, itself among them.
with recursive

areas as (
    select * from {{ ref('stg_areas') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

ancestors as (
    select
        area_code,
        area_code as ancestor_code,
        0 as distance
    from areas
    union all
    select
        ancestors.area_code,
        areas.parent_code,
        ancestors.distance + 1 as distance
    from ancestors
    inner join areas on ancestors.ancestor_code = areas.area_code
    where areas.parent_code in (select held.area_code from areas as held)
),

final as (
    select
        ancestors.area_code,
        ancestors.ancestor_code,
        ancestors.distance,
        numbers.area_number,
        ancestor_numbers.area_number as ancestor_number
    from ancestors
    inner join area_numbers as numbers on ancestors.area_code = numbers.area_code
    inner join area_numbers as ancestor_numbers on ancestors.ancestor_code = ancestor_numbers.area_code
)

select * from final
