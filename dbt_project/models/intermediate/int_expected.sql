-- What each window asked for by the month judged: the point of its pace line at that month.
with

pace_lines as (
    select * from {{ ref('int_pace_lines') }}
),

final as (
    select
        target_code,
        first_month,
        goal,
        earlier_value,
        runs_from_a_base,
        start_value,
        expected_value,
        expected_pct,
        lacks_line
    from pace_lines
    where is_judged
)

select * from final
