-- Which figures are due in which round of reports, and who owes them.
with

figures_due as (from plan.current_figures_due)

select
    due_period,
    organization_code,
    indicator_code,
    period,
    list(area_code order by area_code) as area_codes
from figures_due
group by due_period, organization_code, indicator_code, period
order by due_period, organization_code, indicator_code, period
