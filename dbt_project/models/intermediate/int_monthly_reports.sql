{{ config(materialized="view") }}
-- Every month that was reported, whether it adds up over months or stands at a month's end.
with

flows as (
    select
        indicator_code,
        area_code,
        month,
        is_own,
        parts_reported,
        kinds,
        amount,
        base
    from {{ ref('int_monthly_flows') }}
),

levels as (
    select
        indicator_code,
        area_code,
        month,
        is_own,
        parts_reported,
        kinds,
        amount,
        base
    from {{ ref('int_monthly_levels') }}
),

final as (
    select * from flows
    union all
    select * from levels
)

select * from final
