-- What each window rests on: its own indicator, or the reported ones that it is derived from.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

sources as (
    select
        windows.target_code,
        windows.area_code,
        windows.first_month,
        windows.last_month,
        windows.judged_month,
        unnest(derivations.reported_codes) as indicator_code
    from windows
    inner join derivations using (indicator_code)
),

final as (
    select
        sources.*,
        indicator_numbers.indicator_number,
        area_numbers.area_number
    from sources
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
)

select * from final
