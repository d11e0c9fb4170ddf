{{ config(schema='staging', materialized='view') }}

with

targets as (
    select * from {{ ref('stg_targets') }}
),

bounds as (
    select
        cast(min(window_start) || '-01' as date) as first_day,
        last_day(cast(max(window_end) || '-01' as date)) as last_day
    from targets
),

final as (
    select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day
    from bounds
)

select * from final
