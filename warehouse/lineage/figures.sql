-- The figures of a target in an edition, one for each window that has begun: $target_code, $area_code (null for any).
with

progress as (from marts.indicator_progress),

targets as (from marts.targets),

final as (
    select
        progress.target_code,
        progress.window_start,
        progress.window_end,
        progress.area_code,
        progress.area_name,
        progress.indicator_code,
        progress.indicator_name,
        progress.unit,
        progress.target_value,
        progress.actual_value,
        progress.attainment_pct,
        progress.status_zh,
        progress.note,
        targets.quote_zh
    from progress
    inner join targets using (target_code)
    where
        progress.target_code = $target_code
        and ($area_code is null or progress.area_code = $area_code)
)

from final
order by window_start, area_code
