-- Beyond all that was reported in the two years before, and far from their median as median deviations go.
with beyond as (
    select known_figures.*
    from known_figures
    inner join catalogue using (indicator_code)
    where
        catalogue.frequency = 'monthly'
        and known_figures.kind = 'figure'
        and known_figures.history_months >= 6
        and not known_figures.figure between known_figures.lowest and known_figures.highest
),

-- Suspicion, not arithmetic: floating point will do.
histories as (
    select
        beyond.indicator_code,
        beyond.area_code,
        beyond.period,
        cast(beyond.figure as double) as figure,
        median(cast(before.figure as double)) as median,
        mad(cast(before.figure as double)) as deviation
    from beyond
    inner join known_figures as before
        on beyond.place = before.place and before.month between beyond.month - 24 and beyond.month - 1
    where before.kind <> 'opening'
    group by all
)

select
    accepted.row_id,
    case when accepted.value is null then 'numerator' else 'value' end as column_name,
    written(coalesce(accepted.value, accepted.numerator)) as text,
    written(histories.median) as expected,
    written(histories.figure) as actual
from accepted_rows as accepted
inner join histories using (indicator_code, area_code, period)
where
    accepted.kind = 'figure'
    and abs(histories.figure - histories.median)
    > 6 * greatest(1.4826 * histories.deviation, 0.1 * abs(histories.median), 1e-6)
