-- Beyond all that was reported in the two years before, and far from their median as median deviations go.
-- Suspicion, not arithmetic: floating point will do.
with wide as (
    select place
    from watched_places
    where is_wide
),

monthly as (
    select
        place,
        month,
        kind,
        cast(figure as double) as figure
    from known_figures
    where kind not in ('opening', 'total') and place in (select place from wide)
),

beside_history as (
    select
        monthly.*,
        min(figure) over two_years_before as lowest,
        max(figure) over two_years_before as highest,
        count(figure) over two_years_before as months
    from monthly
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
        place,
        month,
        figure,
        median
    from histories
    where abs(figure - median) > 6 * greatest(1.4826 * deviation, 0.1 * abs(median), 1e-6)
)

select
    accepted.row_id,
    case when accepted.value is null then 'numerator' else 'value' end as column_name,
    written(accepted.amount) as text,
    written(far.median) as expected,
    written(far.figure) as actual
from accepted_figures as accepted
inner join far using (place, month)
where accepted.kind = 'figure'
