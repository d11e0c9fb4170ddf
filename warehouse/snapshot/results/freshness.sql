-- One row: how fresh and how whole the month is, and the district that it is about.
with

freshness as (from marts.freshness),

areas as (from marts.areas),

final as (
    select
        freshness.*,
        (select any_value(name_zh) from areas where level = 'district') as district_name
    from freshness
)

from final
