-- Which rows behind each changed figure differ, and why: $known_before are the submissions that fed `before`,
-- $period_before and $period_after the two months.
create or replace temp table row_changes as
with

changed as (from changed),

-- Editions of before release 0.2 know no lag.
indicators as (
    from after.marts.indicators
    union all by name
    select cast(null as integer) as lag_months
    where false
),

before_lineage as (from before.marts.figure_lineage),

after_lineage as (from after.marts.figure_lineage),

both_lineages as (
    select
        'before' as side,
        before_lineage.*
    from before_lineage
    union all by name
    select
        'after' as side,
        after_lineage.*
    from after_lineage
),

compared as (
    select
        both_lineages.*,
        indicators.aggregation in ('last', 'ratio_last') as is_level,
        count(distinct both_lineages.side) over of_month = 2 as is_on_both_sides
    from both_lineages
    semi join changed using (target_code, window_start)
    inner join indicators using (indicator_code)
    where both_lineages.role not in ('withdrawn', 'breach')
    window of_month as (
        partition by
            both_lineages.target_code, both_lineages.window_start, both_lineages.role, both_lineages.indicator_code,
            both_lineages.reported_area_code, both_lineages.reported_period
    )
),

-- What adds up has one row for each month. What stands has one row for each area, whatever its month; but a figure
-- derived from it has several (where it stands, and where it stood): a month that both sides have is one and the same,
-- and what is left on either side follows one another, the newest first.
slotted as (
    select
        * exclude (is_level, is_on_both_sides),
        if(
            is_level and not is_on_both_sides,
            cast(row_number() over newest_first as varchar),
            reported_period
        ) as slot
    from compared
    window newest_first as (
        partition by
            side, target_code, window_start, role, indicator_code, reported_area_code, is_on_both_sides
        order by reported_period desc
    )
),

before_rows as (
    from slotted
    where side = 'before'
),

after_rows as (
    from slotted
    where side = 'after'
),

withdrawals as (
    select
        target_code,
        window_start,
        indicator_code,
        reported_area_code,
        reported_period,
        submission_id,
        organization_code,
        file_name,
        recorded_at
    from after_lineage
    where role = 'withdrawn' and not list_contains($known_before, submission_id)
),

paired as (
    select
        coalesce(after_rows.target_code, before_rows.target_code) as target_code,
        coalesce(after_rows.window_start, before_rows.window_start) as window_start,
        coalesce(after_rows.role, before_rows.role) as role,
        coalesce(after_rows.indicator_code, before_rows.indicator_code) as indicator_code,
        coalesce(after_rows.reported_area_code, before_rows.reported_area_code) as reported_area_code,
        before_rows.reported_period as period_before,
        after_rows.reported_period as period_after,
        after_rows.submission_id,
        after_rows.organization_code,
        after_rows.file_name,
        after_rows.recorded_at,
        coalesce(after_rows.numerator, after_rows.value) as amount_after,
        coalesce(before_rows.numerator, before_rows.value) as amount_before,
        after_rows.denominator as base_after,
        before_rows.denominator as base_before,
        list_contains($known_before, after_rows.submission_id) as was_known,
        -- What others publish later is due in a later round than its month's.
        strftime(
            cast(after_rows.reported_period || '-01' as date) + to_months(coalesce(indicators.lag_months, 0)), '%Y-%m'
        ) as round_after
    from before_rows
    full join after_rows using (target_code, window_start, role, indicator_code, reported_area_code, slot)
    left join indicators using (indicator_code)
    where
        before_rows.submission_id is distinct from after_rows.submission_id
        or before_rows.sheet is distinct from after_rows.sheet
        or before_rows.row_number is distinct from after_rows.row_number
),

final as (
    select
        paired.* exclude (submission_id, organization_code, file_name, recorded_at, round_after),
        case
            when withdrawals.submission_id is not null and (paired.period_after is null or paired.was_known)
                then 'withdrawal'
            when paired.round_after > $period_before then 'new_month'
            when paired.period_after is null or paired.was_known
                then if($period_before = $period_after, 'hierarchy', 'time')
            when paired.period_before is null or paired.period_before <> paired.period_after then 'late_data'
            else 'correction'
        end as cause,
        coalesce(withdrawals.submission_id, paired.submission_id) as submission_id,
        coalesce(withdrawals.organization_code, paired.organization_code) as organization_code,
        coalesce(withdrawals.file_name, paired.file_name) as file_name,
        coalesce(withdrawals.recorded_at, paired.recorded_at) as recorded_at
    from paired
    inner join changed using (target_code, window_start)
    left join withdrawals
        on
            paired.target_code = withdrawals.target_code
            and paired.window_start = withdrawals.window_start
            and paired.indicator_code = withdrawals.indicator_code
            and paired.reported_area_code = withdrawals.reported_area_code
            and paired.period_before = withdrawals.reported_period
            and (paired.period_after is null or paired.was_known)
    -- A target that is new or gone brings or takes no report with it.
    where not ((changed.is_new and paired.was_known) or changed.is_gone)
)

from final
