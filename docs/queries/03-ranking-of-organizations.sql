-- Which organization leads best? By the share of green among what it leads and what it owes, then by punctuality. Who has
-- not reported all of the month has no rank.
with

scorecard as (from marts.organization_scorecard),

final as (
    select
        lead_rank || ' / ' || ranked_organizations as rank,
        is_rank_tied,
        leads_few_windows,
        organization_name,
        windows,
        green,
        yellow,
        red,
        owed,
        green_share_pct,
        on_time_pct,
        responsible_windows,
        lead_rank
    from scorecard
    where lead_rank is not null
)

select * exclude (lead_rank)
from final
order by lead_rank, organization_name
