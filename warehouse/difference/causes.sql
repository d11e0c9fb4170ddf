-- Why each changed figure changed: one row for each cause and submission, in the order in which they came in.
-- `effect` is what it did to the figure, in the indicator's unit; a figure's effects add up to its whole change. It is
-- null where the figure is missing on a side. Where no share can be told, since causes act through one another in a
-- figure derived from others or there was no figure between two of them, a last row, `together`, has all of the change.
with

changed as (from changed),

row_changes as (from row_changes),

before_lineage as (from before.marts.figure_lineage),

before_indicators as (from before.marts.indicators),

after_indicators as (from after.marts.indicators),

before_targets as (from before.marts.targets),

after_targets as (from after.marts.targets),

before_progress as (from before.marts.indicator_progress),

after_progress as (from after.marts.indicator_progress),

redefined_indicators as (
    select before_indicators.indicator_code
    from before_indicators
    inner join after_indicators using (indicator_code)
    where
        (before_indicators.aggregation, before_indicators.scale, before_indicators.input_a, before_indicators.input_b)
        is distinct from
        (after_indicators.aggregation, after_indicators.scale, after_indicators.input_a, after_indicators.input_b)
        or before_indicators.base_period is distinct from after_indicators.base_period
),

revised_targets as (
    select before_targets.target_code
    from before_targets
    inner join after_targets using (target_code)
    where
        before_targets.target_value is distinct from after_targets.target_value
        or before_targets.upper_value is distinct from after_targets.upper_value
        or before_targets.tolerance is distinct from after_targets.tolerance
        or before_targets.comparator is distinct from after_targets.comparator
        or before_targets.judged is distinct from after_targets.judged
        or before_targets.window_end is distinct from after_targets.window_end
        or before_targets.superseded_by is distinct from after_targets.superseded_by
    union
    select after_targets.target_code
    from after_targets
    anti join before_targets using (target_code)
),

-- What came after the end of a window is none of its rows, but can complete it.
completed_late as (
    select
        after_progress.target_code,
        after_progress.window_start
    from after_progress
    left join before_progress using (target_code, window_start, area_code)
    where after_progress.status = 'achieved_late' and before_progress.status is distinct from 'achieved_late'
),

from_rows as (
    select
        target_code,
        window_start,
        cause,
        submission_id,
        any_value(organization_code) as organization_code,
        any_value(file_name) as file_name,
        max(recorded_at) as recorded_at,
        count(*) as row_count,
        sum(coalesce(amount_after, 0) - coalesce(amount_before, 0)) filter (where role = 'figure') as amount_step,
        sum(coalesce(base_after, 0) - coalesce(base_before, 0)) filter (where role = 'figure') as base_step,
        sum(if(amount_after is null, 0, 1) - if(amount_before is null, 0, 1)) filter (where role = 'figure')
            as count_step
    from row_changes
    group by all
),

-- What no row of the figure explains: another rule, another target, a report after the window's end, another program, or
-- only another month.
from_rules as (
    select
        target_code,
        window_start,
        case
            when indicator_code in (select indicator_code from redefined_indicators) then 'method'
            when target_code in (select target_code from revised_targets) then 'target_revised'
            when is_new or is_gone then if($period_before = $period_after, 'target_revised', 'time')
            when (target_code, window_start) in (select (target_code, window_start) from from_rows) then null
            when (target_code, window_start) in (select (target_code, window_start) from completed_late)
                then if($period_before = $period_after, 'late_data', 'new_month')
            when $period_before <> $period_after then 'time'
            else 'code'
        end as cause
    from changed
),

causes as (
    select * from from_rows
    union all by name
    select * from from_rules
    where cause is not null
),

totals_before as (
    select
        target_code,
        window_start,
        sum(coalesce(numerator, value)) as amount,
        sum(denominator) as base,
        count(coalesce(numerator, value)) as figures
    from before_lineage
    where role = 'figure'
    group by all
),

running as (
    select
        causes.*,
        changed.actual_before,
        changed.actual_after,
        before_indicators.aggregation,
        before_indicators.input_a is not null as is_derived,
        before_indicators.scale,
        totals_before.amount + coalesce(sum(causes.amount_step) over so_far, 0) as amount,
        totals_before.base + coalesce(sum(causes.base_step) over so_far, 0) as base,
        totals_before.figures + coalesce(sum(causes.count_step) over so_far, 0) as figures,
        row_number() over so_far as step,
        count(*) over (partition by causes.target_code, causes.window_start) as steps
    from causes
    inner join changed using (target_code, window_start)
    left join before_indicators using (indicator_code)
    left join totals_before using (target_code, window_start)
    window so_far as (
        partition by causes.target_code, causes.window_start
        order by causes.recorded_at nulls last, causes.submission_id, causes.cause
    )
),

stepped as (
    select
        *,
        cast(
            case
                when step = steps then actual_after
                when is_derived then null
                when aggregation = 'mean' then amount / nullif(figures, 0)
                when aggregation in ('ratio', 'ratio_last') then scale * amount / nullif(base, 0)
                else amount
            end as decimal(24, 6)
        ) as value_then
    from running
),

shared as (
    select
        *,
        cast(
            if(
                bool_or(value_then is null or actual_before is null) over of_figure,
                null,
                value_then - coalesce(lag(value_then) over (of_figure order by step), actual_before)
            ) as decimal(24, 6)
        ) as effect
    from stepped
    window of_figure as (partition by target_code, window_start)
),

met_in_one as (
    select
        target_code,
        window_start,
        'together' as cause,
        steps + 1 as step,
        cast(actual_after - actual_before as decimal(24, 6)) as effect
    from shared
    where effect is null and step = steps and actual_after is not null and actual_before is not null
),

final as (
    from shared
    union all by name
    from met_in_one
)

select
    target_code,
    window_start,
    cause,
    submission_id,
    organization_code,
    file_name,
    row_count,
    effect
from final
order by target_code, window_start, step
