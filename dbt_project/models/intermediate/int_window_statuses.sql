-- What each window is called at each month it is looked at. The order of the cases is the order of the questions.
with

evaluations as (
    select * from {{ ref('int_window_evaluations') }}
),

rules as (
    select * from {{ ref('stg_status_rules') }}
),

capped as (
    select
        *,
        comparator in ('at_most', 'below', 'zero')
        or (comparator in ('between', 'about') and value > upper_bound) as is_over_its_cap,
        coalesce(has_report, false) or reported_through is not null as has_any_report
    from evaluations
),

-- What holds only if every report is there: a missing one could have broken it.
proved as (
    select
        *,
        adds_up and comparator in ('at_least', 'above', 'rises') as is_floor_on_a_sum,
        judged = 'throughout'
        or comparator in ('zero', 'declines')
        or (is_capped_sum and comparator in ('at_most', 'below', 'between', 'about'))
        or averages_months as needs_every_report,
        coalesce(len(missing_months), 0) > 0 or coalesce(has_missing_parts, false) as lacks_reports,
        -- A total that was reached without a part is reached.
        case
            when needs_every_report and (lacks_reports or coalesce(lacks_opening, false)) then false
            when is_floor_on_a_sum then true
            when coalesce(has_missing_parts, false) then false
            when judged = 'at_end' and coalesce(newest_is_missing, false) then false
            else true
        end as is_complete,
        -- A running total can be taken back by a correction; what else was reached once was reached.
        if(judged = 'as_reached' and not adds_up, was_ever_met, coalesce(is_met, false)) as is_reached,
        -- What months make up together may still turn out otherwise where some are missing, unless one miss keeps it
        -- from all of them (or none) for good; a level that broke did.
        (
            judged = 'throughout'
            and breaches > 0
            and (
                not ((adds_up or averages_months or compares_years) and (lacks_reports or lacks_own_months))
                or (aggregation = 'ratio' and comparator = 'at_least' and goal >= scale)
                or (aggregation = 'ratio' and comparator in ('at_most', 'zero') and goal <= 0)
            )
        )
        or (is_capped_sum and not is_met and is_over_its_cap) as is_lost,
        coalesce(newest_is_missing, false) or (needs_every_report and lacks_reports) as lacks_a_due_report
    from capped
),

-- The rules of a level hold where a line is not approached but kept.
ruled as (
    select
        *,
        if(pace = 'level' or is_held_as_level, 'level', 'growing') as rules_pace
    from proved
),

paced as (
    select
        ruled.*,
        case
            when ruled.lag_pp is null then if(ruled.pace = 'level' and not ruled.is_met, 'behind', null)
            when ruled.is_paced_by_pieces and ruled.lag_pp >= 0 then 'on_track'
            when ruled.is_paced_by_pieces and ruled.pieces_in_all <= {{ var('few_pieces') }}
                then if((ruled.expected_value - ruled.value) * ruled.direction <= 1, 'behind', 'far_behind')
            else (
                select min_by(rules.status, coalesce(rules.max_lag_pp, 1e9))
                from rules
                where
                    rules.pace = ruled.rules_pace
                    and ruled.lag_pp >= -coalesce(rules.max_lag_pp, 1e9)
            )
        end as status_by_lag,
        -- Standing still is not progress: nothing gone once a whole step was expected.
        abs(ruled.expected_value - ruled.start_value) >= power(0.1, ruled.decimals)
        and (ruled.comparator in ('at_least', 'above', 'between', 'about') or not ruled.is_capped_sum)
        and case
            when ruled.adds_up then ruled.value <= 0 and ruled.comparator in ('at_least', 'above', 'between', 'about')
            when ruled.is_level_on_its_way then ruled.way_gone_pct <= 0
            else false
        end as stands_still,
        ruled.is_paced_by_pieces and ruled.expected_value = ruled.start_value as expects_nothing_yet
    from ruled
),

called as (
    select
        *,
        case
            when reason in ('zero_denominator', 'not_applicable') then 'not_applicable'
            when judged = 'as_reached' and is_reached and is_complete
                then if(is_more_than_asked, 'exceeded', 'achieved')
            when is_closed and is_met and is_complete and not is_lost and not is_awaiting_source
                then if(is_more_than_asked, 'exceeded', 'achieved')
            when is_lost and not is_closed then 'lost'
            when is_met_late then 'achieved_late'
            when is_awaiting_source and not is_lost
                then if(lacks_a_due_report, 'not_reported', 'awaiting_source')
            when is_closed and not has_any_report and late_value is null then 'overdue_unreported'
            when is_closed and compares_years and (reason = 'not_reported' or lacks_own_months or lacks_reports)
                then 'not_reported'
            when is_closed and (not is_met or is_lost) then 'missed'
            when is_closed and is_met then 'not_reported'
            when coalesce(reports_due, 0) = 0 and not has_any_report then 'not_started'
            when lacks_a_due_report or reason = 'not_reported' then 'not_reported'
            when needs_every_report and coalesce(lacks_opening, false) then 'not_reported'
            when coalesce(newest_has_missing_parts, false) and not is_floor_on_a_sum then 'not_reported'
            when is_met is null then 'no_baseline'
            when is_level_on_its_way and not is_met and start_value is null and base_first_month is not null
                then 'no_baseline'
            when
                is_capped_sum
                and pace in ('linear', 'profile')
                and comparator in ('at_most', 'below')
                and status_by_lag is not null
                then status_by_lag
            when judged <> 'as_reached' and is_met then 'met_so_far'
            when pace = 'none' or expects_nothing_yet or status_by_lag is null then 'in_progress'
            when stands_still and status_by_lag = 'on_track' then 'behind'
            else status_by_lag
        end as status
    from paced
),

final as (
    select
        * exclude (is_over_its_cap, rules_pace, status_by_lag, is_reached, lacks_a_due_report),
        -- A base that nobody has reported is owed; one that was nought or less is known.
        status = 'no_baseline' and coalesce(reason, '') <> 'zero_baseline' as owes_baseline
    from called
)

select * from final
