-- What each organization owed for each month, what came, and what is late or missing.
with

submission_compliance as (from marts.submission_compliance),

final as (
    select
        *,
        figures_received - figures_on_time as figures_late,
        figures_expected - figures_received as figures_missing
    from submission_compliance
)

from final
order by period, organization_code
