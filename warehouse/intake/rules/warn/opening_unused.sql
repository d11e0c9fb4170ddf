-- Only what is added up has a running total: of a level, a mean or a rate of levels there is none.
select
    row_id,
    'remark' as column_name,
    remark as text,
    null as expected,
    null as actual
from data_rows
semi join accepted_rows using (row_id)
where kind = 'opening' and aggregation not in ('sum', 'ratio')
