-- What $organization_code owes in the round of $period: indicator by area, each figure with its own month, what was said
-- of it last, and what is promised: for its area, or where that has no share of its own, for the whole district.
with due as (
    select *
    from plan.current_figures_due
    where organization_code = $organization_code and due_period = $period
),

settings as (from plan.current_settings),

terms as (
    select
        any_value(value) filter (where key = 'year_starts') as year_starts,
        any_value(value) filter (where key = 'reporting_starts') as first_period,
        any_value(value) filter (where key = 'area_code') as whole_area_code
    from settings
),

dated as (
    select
        due.*,
        due.period < terms.first_period as is_base,
        terms.whole_area_code,
        year(cast(due.period || '-01' as date) - to_months(cast(terms.year_starts as integer) - 1)) as year
    from due
    cross join terms
),

statements as (
    select
        statements.*,
        due.period as due_for
    from ledger.statements as statements
    inner join due
        on
            statements.indicator_code = due.indicator_code
            and statements.area_code = due.area_code
            and statements.period < due.period
    where statements.ended_at is null
),

newest as (
    select
        indicator_code,
        area_code,
        due_for,
        arg_max(value, period) as value,
        arg_max(numerator, period) as numerator,
        arg_max(denominator, period) as denominator,
        max(period) as period
    from statements
    where kind not in ('withdrawal', 'not_applicable')
    group by indicator_code, area_code, due_for
),

promised as (
    select
        dated.indicator_code,
        dated.area_code,
        dated.period,
        list(
            {
                'comparator': targets.comparator,
                'is_yearly': targets.repeat = 'yearly',
                'target_value': coalesce(yearly.target_value, targets.target_value),
                'upper_value': coalesce(yearly.upper_value, targets.upper_value),
                'tolerance': targets.tolerance,
                'window_start': targets.window_start,
                'window_end': targets.window_end,
                'whole_area_name': case when targets.area_code <> dated.area_code then areas.name_zh end
            }
            order by targets.window_end, targets.target_code
        ) as targets
    from dated
    inner join plan.current_targets as targets
        on
            dated.indicator_code = targets.indicator_code
            and targets.area_code in (dated.area_code, dated.whole_area_code)
            and dated.period between targets.window_start and targets.window_end
    left join (from plan.target_values semi join plan.current_version using (plan_version)) as yearly
        on targets.target_code = yearly.target_code and dated.year = yearly.year
    inner join plan.current_areas as areas on targets.area_code = areas.area_code
    where targets.superseded_by is null
    group by dated.indicator_code, dated.area_code, dated.period, targets.area_code
    -- Of an area with a share of its own only that is shown.
    qualify
        row_number() over (
            partition by dated.indicator_code, dated.area_code, dated.period
            order by targets.area_code = dated.area_code desc, targets.area_code
        ) = 1
)

select
    due.period,
    due.is_base,
    due.indicator_code,
    indicators.name_zh as indicator_name,
    indicators.unit,
    indicators.aggregation,
    indicators.decimals,
    due.area_code,
    areas.name_zh as area_name,
    indicators.aggregation in ('ratio', 'ratio_last') as is_ratio,
    indicators.reported_as = 'year_to_date' and indicators.aggregation in ('sum', 'ratio') as is_running_total,
    coalesce(indicators.numerator_name_zh, '') as numerator_name,
    coalesce(indicators.denominator_name_zh, '') as denominator_name,
    coalesce(indicators.description_zh, '') as description,
    indicators.value_min,
    indicators.value_max,
    newest.period as last_period,
    newest.value as last_value,
    newest.numerator as last_numerator,
    newest.denominator as last_denominator,
    coalesce(promised.targets, []) as targets
from dated as due
inner join plan.current_indicators as indicators using (indicator_code)
inner join plan.current_areas as areas using (area_code)
left join newest
    on
        due.indicator_code = newest.indicator_code
        and due.area_code = newest.area_code
        and due.period = newest.due_for
left join promised
    on
        due.indicator_code = promised.indicator_code
        and due.area_code = promised.area_code
        and due.period = promised.period
order by due.indicator_code, due.area_code, due.period;
