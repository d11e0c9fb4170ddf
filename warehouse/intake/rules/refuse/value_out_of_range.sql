-- A ratio's parts have rules of their own; here is the rate of sound ones.
with figures as (
    select
        row_id,
        value_min,
        value_max,
        case when is_ratio then 'numerator' else 'value' end as column_name,
        case when is_ratio then numerator_text else value_text end as text,
        case when is_ratio then rate_of(numerator, denominator, scale) else value end as figure
    from data_rows
    where
        -- The bounds are those of a month, not of a year's total.
        (kind = 'figure' or (kind = 'opening' and aggregation not in ('sum', 'ratio')))
        and not (is_ratio and (numerator < 0 or denominator < 0))
        and not (is_ratio and scale = 100 and value_max = 100 and numerator > denominator)
)

select
    row_id,
    column_name,
    text,
    concat('[', coalesce(written(value_min), ''), ', ', coalesce(written(value_max), ''), ']') as expected,
    written(figure) as actual
from figures
where figure < value_min or figure > value_max
