-- What one district's departments owed for the edition's month, and what came.
select
    cast(sum(figures_expected) as bigint) as figures_expected,
    cast(sum(figures_received) as bigint) as figures_received,
    cast(sum(figures_on_time) as bigint) as figures_on_time,
    count(*) filter (where figures_expected > 0) as organizations,
    count(*) filter (where figures_expected > 0 and is_complete) as organizations_complete,
    coalesce(bool_and(is_complete), true) as has_reported_all
from marts.submission_compliance
where period = $period
