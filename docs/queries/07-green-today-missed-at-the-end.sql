-- Which targets are green today, yet would miss at the recent pace?
with

progress as (from marts.indicator_progress),

final as (
    select
        commitment_code,
        indicator_name,
        comparator,
        target_value,
        actual_value,
        forecast_value,
        window_end,
        unit,
        status_zh
    from progress
    where in_force and comparator <> 'evidence' and light = 'green' and not forecast_meets_target
)

from final
order by commitment_code, indicator_name, window_end
