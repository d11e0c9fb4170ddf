with

settings as (
    select * from {{ ref('stg_plan_settings') }}
),

texts as (
    select
        max(value) filter (where key = 'area_code') as area_code,
        max(value) filter (where key = 'reporting_starts') as reporting_starts,
        max(value) filter (where key = 'deadline_day') as deadline_day
    from settings
),

final as (
    select
        area_code,
        {{ month_number('reporting_starts') }} as starts_month,
        cast(deadline_day as bigint) as deadline_day
    from texts
)

select * from final
