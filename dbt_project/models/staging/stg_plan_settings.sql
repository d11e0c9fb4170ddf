with

settings as (
    {{ plan_table('settings') | indent }}
),

final as (
    select
        any_value(value) filter (where key = 'area_code') as area_code,
        any_value(value) filter (where key = 'title_zh') as title_zh,
        any_value(value) filter (where key = 'reporting_starts') as reporting_starts,
        cast(any_value(value) filter (where key = 'attainment_decimals') as integer) as attainment_decimals
    from settings
)

select * from final
