-- Just what the months before add up to and one usual month more, or the very figure given as the running total.
select
    accepted.row_id,
    'value' as column_name,
    written(accepted.value) as text,
    written(known.year_sum) as expected,
    null as actual
from accepted_rows as accepted
inner join known_figures as known using (indicator_code, area_code, period)
inner join catalogue using (indicator_code)
where
    catalogue.aggregation = 'sum'
    and accepted.kind = 'figure'
    and known.year_sum > 0
    and known.value >= known.year_sum
    and (
        accepted.value = accepted.ytd_value
        or (known.year_months >= 3 and (known.value - known.year_sum) * known.year_months <= 2 * known.year_sum)
    )
