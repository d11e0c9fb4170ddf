-- On how many reports does each figure rest? The thinnest first; below the floor it is provisional.
with

progress as (from marts.indicator_progress),

final as (
    select
        commitment_code,
        indicator_name,
        area_name,
        parts_due,
        parts_reported,
        coverage_pct,
        is_provisional,
        reported_through
    from progress
    where in_force and comparator <> 'evidence' and parts_due > 0
)

from final
order by coverage_pct, commitment_code, indicator_name, parts_due, parts_reported, reported_through
