-- Each month of which something is known, by who said it: from when on, and since which month the running total that
-- holds it runs.
{{ config(materialized="view") }}

with

contributions as (
    select * from {{ ref('int_contributions') }}
),

totals as (
    select * from {{ ref('int_reported_totals') }}
),

single_months as (
    select
        indicator_number,
        area_number,
        part_number,
        is_own,
        month as month_held,
        month as held_from,
        month as first_month_held,
        false as is_block
    from contributions
    where not is_block
),

blocks as (
    select
        contributions.indicator_number,
        contributions.area_number,
        contributions.part_number,
        contributions.is_own,
        cast(unnest(totals.months_held) as integer) as month_held,
        contributions.month as held_from,
        contributions.first_month_held,
        true as is_block
    from contributions
    inner join totals
        on
            contributions.indicator_number = totals.indicator_number
            and contributions.part_number = totals.area_number
            and contributions.month = totals.month
    where contributions.is_block
),

final as (
    select * from single_months
    union all
    select * from blocks
)

select * from final
