select
    accepted.row_id,
    'value' as column_name,
    written(accepted.value) as text,
    catalogue.decimals as expected,
    null as actual
from accepted_rows as accepted
inner join catalogue using (indicator_code)
where
    catalogue.decimals < 6
    -- Most figures are whole, which floating point tells a hundred times sooner.
    and case
        when abs(cast(accepted.value as double)) < 1e9 and cast(accepted.value as double) % 1 = 0 then false
        else millionths(accepted.value) % cast(pow(10, 6 - catalogue.decimals) as hugeint) <> 0
    end
