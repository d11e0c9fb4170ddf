-- Which organization leads best? By the share of green among the judged windows it leads, then by punctuality.
with

scorecard as (from marts.organization_scorecard),

final as (
    select
        lead_rank,
        organization_name,
        windows,
        green,
        yellow,
        red,
        green_share_pct,
        on_time_pct,
        responsible_windows
    from scorecard
    where lead_rank is not null
)

from final
order by lead_rank, organization_name
