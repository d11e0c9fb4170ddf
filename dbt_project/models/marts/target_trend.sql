with

windows as (
    select * from {{ ref('int_target_windows') }}
),

pace_lines as (
    select * from {{ ref('int_pace_lines') }}
),

window_figures as (
    select * from {{ ref('int_window_figures') }}
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        windows.target_code,
        {{ month_text('windows.first_month') }} as window_start,
        windows.area_code,
        windows.indicator_code,
        {{ month_text('pace_lines.month') }} as month,
        window_figures.value as actual_value,
        pace_lines.expected_value,
        pace_lines.month = windows.judged_month as is_judged
    from windows
    inner join pace_lines
        on
            windows.target_code = pace_lines.target_code
            and windows.first_month = pace_lines.first_month
            and windows.first_month <= pace_lines.month
    left join window_figures
        on
            windows.target_code = window_figures.target_code
            and windows.first_month = window_figures.first_month
            and pace_lines.month = window_figures.month
)

select * from final
order by target_code, window_start, area_code, month
