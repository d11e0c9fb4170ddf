-- What each window rests on: its own indicator, or the reported ones that it is derived from.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

final as (
    select
        windows.target_code,
        windows.area_code,
        windows.first_month,
        windows.last_month,
        windows.judged_month,
        unnest(derivations.reported_codes) as indicator_code
    from windows
    inner join derivations using (indicator_code)
)

select * from final
