-- What each window's standing is called. The order of the cases is the order of the questions.
with

judged as (
    select * from {{ ref('int_judged') }}
),

due as (
    select * from {{ ref('int_reports_due') }}
),

rules as (
    select * from {{ ref('stg_status_rules') }}
),

standings as (
    select
        judged.* exclude (breach_months),
        coalesce(due.reports_due, 0) as reports_due,
        coalesce(due.reports_received, 0) as reports_received,
        coalesce(due.parts_due, 0) as parts_due,
        coalesce(due.parts_reported, 0) as parts_reported,
        coalesce(due.missing_months, []) as missing_months,
        coalesce(due.newest_is_missing, false) as newest_is_missing,
        judged.attained_pct - judged.expected_pct as exact_gap_pp,
        judged.attained_pct > 100
        and judged.comparator in ('at_least', 'above', 'at_most', 'below') as is_more_than_asked,
        -- What is missing cannot be shown to have held; but a total that is reached without a part is reached.
        case
            when judged.aggregation = 'sum' and judged.comparator in ('at_least', 'above', 'rises') then true
            when coalesce(due.has_missing_parts, false) then false
            when judged.judged = 'throughout' then coalesce(len(due.missing_months), 0) = 0
            when judged.judged = 'at_end' and due.newest_is_missing then false
            when judged.judged = 'at_end' and judged.lacks_months_of_last_year then false
            -- A missing month is not zero: a sum may have gone over its bound in it.
            when
                judged.judged = 'at_end'
                and judged.aggregation = 'sum'
                and judged.comparator in ('at_most', 'below', 'zero')
                then coalesce(len(due.missing_months), 0) = 0
            else true
        end as is_provable
    from judged
    left join due using (target_code, first_month)
),

lagging as (
    select
        standings.*,
        coalesce(
            (
                select min_by(rules.status, coalesce(rules.max_lag_pp, 1e9))
                from rules
                where standings.exact_gap_pp >= -coalesce(rules.max_lag_pp, 1e9)
            ),
            case
                when standings.exact_gap_pp >= -10 then 'on_track'
                when standings.exact_gap_pp >= -30 then 'behind'
                when standings.exact_gap_pp < -30 then 'far_behind'
            end
        ) as pace_status
    from standings
),

final as (
    select
        * exclude (pace_status, exact_gap_pp),
        exact_gap_pp,
        case
            when reason in ('zero_denominator', 'not_applicable') then 'not_applicable'
            when judged = 'as_reached' and is_met and is_provable
                then if(is_more_than_asked, 'exceeded', 'achieved')
            when judged = 'as_reached' and is_met_late then 'achieved_late'
            when is_closed and judged = 'at_end' and is_met and is_provable
                then if(is_more_than_asked, 'exceeded', 'achieved')
            when is_closed and judged = 'throughout' and breaches = 0 and is_met and is_provable
                then if(is_more_than_asked, 'exceeded', 'achieved')
            when judged = 'throughout' and breaches > 0 then 'lost'
            when is_closed and (not is_met or reason = 'not_reported') then 'missed'
            when reports_due = 0 and reported_through is null then 'not_started'
            when newest_is_missing or reason = 'not_reported' then 'not_reported'
            when is_met is null then 'no_baseline'
            -- It holds as far as anybody knows; what would show that it held is not there.
            when is_closed then 'not_reported'
            when judged <> 'as_reached' and is_met then 'met_so_far'
            when pace = 'none' or expected_pct is null then 'in_progress'
            else pace_status
        end as status
    from lagging
)

select * from final
