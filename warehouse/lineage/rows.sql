-- The observations behind one figure: $target_code, $window_start.
with

lineage as (from marts.figure_lineage),

final as (
    select
        role,
        indicator_code,
        reported_area_code,
        reported_period,
        kind,
        value,
        numerator,
        denominator,
        organization_code,
        submission_id,
        file_name,
        file_sha256,
        sheet,
        row_number,
        recorded_at
    from lineage
    where target_code = $target_code and window_start = $window_start
)

from final
order by role, indicator_code, reported_period, reported_area_code
