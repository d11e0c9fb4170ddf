with

windows as (
    select * from {{ ref('int_target_windows') }}
),

expected as (
    select * from {{ ref('int_expected') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        windows.target_code,
        {{ month_text('windows.first_month') }} as window_start,
        windows.area_code,
        windows.indicator_code,
        {{ month_text('expected.month') }} as month,
        figures.value as actual_value,
        -- What is held against a year before has no line into months that are not judged.
        if(
            windows.comparator in ('declines', 'rises') and not expected.is_judged,
            null,
            expected.expected_value
        ) as expected_value,
        expected.is_judged
    from windows
    inner join expected using (target_code, first_month)
    left join figures
        on
            windows.indicator_code = figures.indicator_code
            and windows.area_code = figures.area_code
            and windows.first_month = figures.first_month
            and expected.month = figures.last_month
            and windows.judged_month >= expected.month
)

select * from final
order by target_code, window_start, area_code, month
