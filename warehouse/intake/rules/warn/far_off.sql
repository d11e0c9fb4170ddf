-- Beyond all that was reported in the two years before, and far from their median as median deviations go.
-- Suspicion, not arithmetic: floating point will do.
with monthly as (
    select
        known_figures.place,
        known_figures.month,
        known_figures.kind,
        cast(known_figures.figure as double) as figure
    from known_figures
    inner join known_places using (place)
    where known_places.frequency = 'monthly' and known_figures.kind <> 'opening'
),

-- Where all figures lie within half of the least, none is 0.6 of a median off, and no window need be looked at.
wide as (
    select place
    from monthly
    group by place
    having
        count(figure) > 6
        and not (min(figure) * max(figure) >= 0 and max(figure) - min(figure) <= 0.5 * least(abs(min(figure)), abs(max(figure))))
),

beside_history as (
    select
        monthly.*,
        min(figure) over two_years_before as lowest,
        max(figure) over two_years_before as highest,
        count(figure) over two_years_before as months
    from monthly
    semi join wide using (place)
    window two_years_before as (
        partition by place
        order by month
        range between 24 preceding and 1 preceding
    )
),

beyond as (
    select *
    from beside_history
    where kind = 'figure' and months >= 6 and not figure between lowest and highest
),

histories as (
    select
        beyond.place,
        beyond.month,
        beyond.figure,
        median(before.figure) as median,
        mad(before.figure) as deviation
    from beyond
    inner join monthly as before
        on beyond.place = before.place and before.month between beyond.month - 24 and beyond.month - 1
    group by all
),

far as (
    select
        known_places.indicator_code,
        known_places.area_code,
        period_of(histories.month) as period,
        histories.figure,
        histories.median
    from histories
    inner join known_places using (place)
    where
        abs(histories.figure - histories.median)
        > 6 * greatest(1.4826 * histories.deviation, 0.1 * abs(histories.median), 1e-6)
)

select
    accepted.row_id,
    case when accepted.value is null then 'numerator' else 'value' end as column_name,
    written(coalesce(accepted.value, accepted.numerator)) as text,
    written(far.median) as expected,
    written(far.figure) as actual
from accepted_rows as accepted
inner join far using (indicator_code, area_code, period)
where accepted.kind = 'figure'
