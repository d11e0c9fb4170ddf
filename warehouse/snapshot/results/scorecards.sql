-- Each organization: the targets that it leads and shares, its reporting over all months, its rank.
with

organization_scorecard as (from marts.organization_scorecard)

from organization_scorecard
order by lead_rank nulls last, organization_code
