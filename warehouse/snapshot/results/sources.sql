-- What each figure is made of: its rows and files, and the newest row of them.
with

figure_lineage as (from marts.figure_lineage),

final as (
    select
        target_code,
        window_start,
        area_code,
        count(*) as row_count,
        count(distinct submission_id) as file_count,
        arg_max(file_name, (reported_period, recorded_at, submission_id, row_number)) as newest_file_name,
        arg_max(sheet, (reported_period, recorded_at, submission_id, row_number)) as newest_sheet,
        arg_max(row_number, (reported_period, recorded_at, submission_id, row_number)) as newest_row_number,
        arg_max(file_sha256, (reported_period, recorded_at, submission_id, row_number)) as newest_file_sha256,
        max(reported_period) as newest_period
    from figure_lineage
    where role = 'figure'
    group by all
)

from final
order by target_code, window_start, area_code
