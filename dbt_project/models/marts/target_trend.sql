with

windows as (
    select * from {{ ref('int_target_windows') }}
),

pace_lines as (
    select * from {{ ref('int_pace_lines') }}
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
        {{ month_text('pace_lines.month') }} as month,
        figures.value as actual_value,
        -- What is held against a year before has no line into months that are not judged.
        if(
            windows.comparator in ('declines', 'rises') and not pace_lines.is_judged,
            null,
            pace_lines.expected_value
        ) as expected_value,
        pace_lines.is_judged
    from windows
    inner join pace_lines using (target_code, first_month)
    left join figures
        on
            windows.indicator_code = figures.indicator_code
            and windows.area_code = figures.area_code
            and windows.first_month = figures.first_month
            and pace_lines.month = figures.last_month
            and windows.judged_month >= pace_lines.month
)

select * from final
order by target_code, window_start, area_code, month
