-- The figures of an edition that a submission is behind: $submission_id, and $row_number (null for any of its rows).
with

lineage as (from marts.figure_lineage),

progress as (from marts.indicator_progress),

final as (
    select
        lineage.row_number,
        lineage.sheet,
        lineage.reported_period,
        lineage.role,
        progress.target_code,
        progress.window_start,
        progress.indicator_code,
        progress.indicator_name,
        progress.actual_value,
        progress.status_zh
    from lineage
    inner join progress using (target_code, window_start)
    where
        lineage.submission_id = $submission_id
        and ($row_number is null or lineage.row_number = $row_number)
)

from final
order by sheet, row_number, target_code, window_start, role
