-- Which files and rows are behind the figures of goal G01, and what did each row say?
with

lineage as (from marts.figure_lineage),

progress as (from marts.indicator_progress),

final as (
    select
        progress.indicator_name,
        progress.actual_value,
        lineage.role,
        lineage.reported_period,
        coalesce(lineage.value, lineage.numerator) as reported_value,
        lineage.denominator,
        lineage.file_name,
        lineage.sheet,
        lineage.row_number,
        lineage.file_sha256
    from progress
    inner join lineage using (target_code, window_start)
    where progress.commitment_code = 'G01'
)

from final
order by indicator_name, reported_period, file_name, row_number
