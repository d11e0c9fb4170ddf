-- One row: how fresh and how whole the month is, the district that it is about, and how much the plan holds.
with

freshness as (from marts.freshness),

areas as (from marts.areas),

targets as (
    select
        count(*) filter (where comparator <> 'evidence') as plan_targets,
        count(*) filter (where comparator = 'evidence') as plan_evidence
    from marts.targets
    where superseded_by is null
),

final as (
    select
        freshness.*,
        targets.*,
        (select any_value(name_zh) from areas where level = 'district') as district_name
    from freshness
    cross join targets
)

from final
