-- Which pieces make up an area's month: its own, or else those of its parts; rates by their two parts.
{{ config(materialized="view") }}

with

pieces as (
    select * from {{ ref('int_reported_pieces') }}
),

part_contributions as (
    select * from {{ ref('int_part_contributions') }}
),

final as (
    select
        indicator_number,
        area_number,
        area_number as part_number,
        true as is_own,
        month,
        kind,
        amount,
        base,
        first_month_held,
        months_held,
        is_block
    from pieces
    union all
    select
        indicator_number,
        area_number,
        part_number,
        false as is_own,
        month,
        kind,
        amount,
        base,
        first_month_held,
        months_held,
        is_block
    from part_contributions
)

select * from final
