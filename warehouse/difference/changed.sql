-- The figures that differ between two editions, attached as `before` and `after`: null on a side that has none.
create or replace temp table changed as
with

before_progress as (from before.marts.indicator_progress),

after_progress as (from after.marts.indicator_progress),

final as (
    select
        coalesce(after_progress.target_code, before_progress.target_code) as target_code,
        coalesce(after_progress.window_start, before_progress.window_start) as window_start,
        coalesce(after_progress.area_code, before_progress.area_code) as area_code,
        coalesce(after_progress.indicator_code, before_progress.indicator_code) as indicator_code,
        coalesce(after_progress.indicator_name, before_progress.indicator_name) as indicator_name,
        coalesce(after_progress.unit, before_progress.unit) as unit,
        before_progress.target_code is null as is_new,
        after_progress.target_code is null as is_gone,
        before_progress.actual_value as actual_before,
        after_progress.actual_value as actual_after,
        before_progress.target_value as target_before,
        after_progress.target_value as target_after,
        before_progress.attainment_pct as attainment_before,
        after_progress.attainment_pct as attainment_after,
        before_progress.status_zh as status_before,
        after_progress.status_zh as status_after
    from before_progress
    full join after_progress using (target_code, window_start, area_code)
    where
        before_progress.target_code is null
        or after_progress.target_code is null
        or before_progress.actual_value is distinct from after_progress.actual_value
        or before_progress.target_value is distinct from after_progress.target_value
        or before_progress.attainment_pct is distinct from after_progress.attainment_pct
        or before_progress.status is distinct from after_progress.status
)

from final
order by target_code, window_start, area_code
