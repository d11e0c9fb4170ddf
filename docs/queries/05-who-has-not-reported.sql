-- Who owes figures in the round of the edition's month, and how many rows were refused?
with

compliance as (from marts.submission_compliance),

month as (select period from marts.freshness),

final as (
    select
        compliance.organization_name,
        compliance.deadline,
        compliance.figures_expected,
        compliance.figures_expected - compliance.figures_received as figures_missing,
        compliance.figures_received - compliance.figures_on_time as figures_late,
        compliance.rows_refused
    from compliance
    semi join month using (period)
)

from final
order by figures_missing desc, figures_late desc, organization_name
