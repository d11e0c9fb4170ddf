-- Robust: the distance to the median of up to 24 months before, in median deviations; never in a short series.
with series as (
    select
        indicator_code,
        area_code,
        period,
        cast(figure as double) as figure,
        median(cast(figure as double)) over before as median,
        mad(cast(figure as double)) over before as deviation,
        count(figure) over before as months
    from known_figures
    inner join catalogue using (indicator_code)
    where kind in ('figure', 'nil') and figure is not null and catalogue.frequency = 'monthly'
    window before as (
        partition by indicator_code, area_code
        order by period
        rows between 24 preceding and 1 preceding
    )
),

far as (
    select *
    from series
    where months >= 6 and abs(figure - median) > 6 * greatest(1.4826 * deviation, 0.1 * abs(median), 1e-6)
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
