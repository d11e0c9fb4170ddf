-- Each district of the list: its edition with its hash, or why it has none, its coverage, its windows and its rank.
with

standing as (from gathered.standing),

coverage as (from gathered.coverage),

reporting as (from gathered.reporting),

scored as (
    select
        editions.*,
        coverage.* exclude (district_code, has_reported_all),
        standing.windows,
        standing.green,
        standing.yellow,
        standing.red,
        standing.grey,
        -- What was due and did not come counts as not green, as among the departments of a district.
        standing.green + standing.yellow + standing.red + standing.owed as judged_windows,
        {{ divide('coverage.figures_received', 'nullif(coverage.figures_expected, 0)', '100') }} as coverage_pct,
        {{ divide('standing.green', 'nullif(judged_windows, 0)', '100') }} as green_share_pct,
        {{ divide('reporting.figures_on_time', 'nullif(reporting.figures_expected, 0)', '100') }} as on_time_pct,
        -- Who has not reported all that was due has no rank.
        coalesce(judged_windows, 0) > 0 and coverage.has_reported_all as is_ranked
    from gathered.editions
    left join coverage using (district_code)
    left join reporting using (district_code)
    left join standing using (district_code)
),

ranked as (
    select
        district_code,
        cast(rank() over (order by green_share_pct desc, on_time_pct desc nulls last) as integer) as place,
        count(*) over (partition by green_share_pct, on_time_pct) > 1 as is_rank_tied,
        cast(count(*) over () as integer) as ranked_districts
    from scored
    where is_ranked
)

select
    scored.* exclude (is_ranked) replace (
        {{ round_half_up('scored.coverage_pct', 1) }} as coverage_pct,
        {{ round_half_up('scored.green_share_pct', 1) }} as green_share_pct,
        {{ round_half_up('scored.on_time_pct', 1) }} as on_time_pct
    ),
    ranked.place as district_rank,
    ranked.is_rank_tied,
    max(ranked.ranked_districts) over () as ranked_districts
from scored
left join ranked using (district_code)
order by district_code
