-- What one district's departments owed over all months up to the edition's, and what came on time.
select
    cast(sum(figures_expected) as bigint) as figures_expected,
    cast(sum(figures_on_time) as bigint) as figures_on_time
from marts.submission_compliance
