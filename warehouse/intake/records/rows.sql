-- The rows of the ledger that the submissions of a batch led to, as one Parquet file: a column for each table, of which one
-- is filled in each row.
copy (
    (
        select submissions
        from ledger.submissions as submissions
        semi join recorded_submissions using (submission_id)
        order by submissions.sequence
    )
    union all by name
    (
        select observations
        from ledger.observations as observations
        semi join recorded_submissions using (submission_id)
        order by observations.sequence, observations.sheet, observations.row_number
    )
    union all by name
    (
        select refusals
        from ledger.refusals as refusals
        semi join recorded_submissions using (submission_id)
        order by refusals.sequence, refusals.sheet, refusals.row_number, refusals.column_name, refusals.rule
    )
    union all by name
    (
        select warnings
        from ledger.warnings as warnings
        semi join recorded_submissions using (submission_id)
        order by warnings.sequence, warnings.sheet, warnings.row_number, warnings.column_name, warnings.rule
    )
) to $path (format parquet, compression zstd);
