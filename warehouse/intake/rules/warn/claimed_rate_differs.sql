-- A rate that agrees with none of the indicator's open windows to 0.1 percentage points. Held against it are the windows
-- whose figure the statements known by now make up: the newest level, or the sum of the window's months.
with

claims as (
    select
        accepted_rows.row_id,
        accepted_rows.place,
        accepted_rows.month,
        accepted_rows.indicator_code,
        accepted_rows.area_code,
        accepted_rows.claimed_rate,
        catalogue.aggregation,
        coalesce(
            accepted_rows.value,
            rate_of(accepted_rows.numerator, accepted_rows.denominator, catalogue.scale)
        ) as figure
    from accepted_rows
    inner join catalogue using (indicator_code)
    where accepted_rows.claimed_rate is not null
),

windows as (
    select
        claims.*,
        targets.comparator,
        if(targets.comparator = 'done', 100, targets.target_value) as goal,
        greatest(
            month_of(targets.window_start),
            if(targets.repeat = 'yearly', year_start_of(claims.month), month_of(targets.window_start))
        ) as first_month
    from claims
    inner join plan.current_targets as targets
        on
            claims.indicator_code = targets.indicator_code
            and claims.area_code = targets.area_code
            and claims.month between month_of(targets.window_start) and month_of(targets.window_end)
    where
        targets.comparator in ('at_least', 'above', 'at_most', 'below', 'done')
        and goal > 0
        and claims.aggregation in ('sum', 'last', 'ratio_last')
),

-- The newest running total of each reporting year, which holds the months before it.
totals as (
    select
        windows.row_id,
        windows.first_month,
        year_start_of(known.month) as reporting_year,
        max(known.month) as month
    from windows
    inner join known_figures as known
        on windows.place = known.place and known.month between windows.first_month and windows.month
    where known.kind in ('opening', 'total')
    group by all
),

sums as (
    select
        windows.row_id,
        windows.first_month,
        sum(known.value) as figure
    from windows
    inner join known_figures as known
        on windows.place = known.place and known.month between windows.first_month and windows.month
    left join totals
        on
            windows.row_id = totals.row_id
            and windows.first_month = totals.first_month
            and year_start_of(known.month) = totals.reporting_year
    where windows.aggregation = 'sum' and known.month >= coalesce(totals.month, known.month)
    group by all
),

attained as (
    select
        windows.row_id,
        windows.claimed_rate,
        if(windows.aggregation = 'sum', sums.figure, windows.figure) as reached,
        if(
            windows.comparator in ('at_most', 'below'),
            rate_of(windows.goal, reached, 100),
            rate_of(reached, windows.goal, 100)
        ) as attainment
    from windows
    left join sums using (row_id, first_month)
),

nearest as (
    select
        row_id,
        any_value(claimed_rate) as claimed_rate,
        min_by(attainment, abs(attainment - claimed_rate)) as attainment
    from attained
    where attainment is not null
    group by row_id
)

select
    row_id,
    'claimed_rate' as column_name,
    written(claimed_rate) as text,
    written(round(attainment, 1)) as expected,
    null as actual
from nearest
where abs(attainment - claimed_rate) > 0.1
