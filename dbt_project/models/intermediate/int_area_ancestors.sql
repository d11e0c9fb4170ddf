-- Every area with each area that holds it, itself among them.
with recursive

areas as (
    select * from {{ ref('stg_areas') }}
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
        area_code,
        ancestor_code,
        distance
    from ancestors
)

select * from final
