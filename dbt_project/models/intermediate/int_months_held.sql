-- Each month of which something is known, by who said it: from when on, and since which month the running total that
-- holds it runs.
with

contributions as (
    select * from {{ ref('int_contributions') }}
),

single_months as (
    select
        indicator_code,
        area_code,
        part_code,
        is_own,
        month as month_held,
        month as held_from,
        month as first_month_held
    from contributions
    where not is_block
),

blocks as (
    select
        indicator_code,
        area_code,
        part_code,
        is_own,
        unnest(months_held) as month_held,
        month as held_from,
        first_month_held
    from contributions
    where is_block
),

final as (
    select * from single_months
    union all
    select * from blocks
)

select * from final
