-- The least that any build has to do: the newest statement of each place, the district's roll-up, the year's running total
-- and the year before. The ledger is attached as `warehouse`; both tables are written to a file.
create table newest as
select
    indicator_code,
    area_code,
    period,
    arg_max(value, row_number) as value,
    arg_max(numerator, row_number) as numerator,
    arg_max(denominator, row_number) as denominator
from warehouse.ledger.observations
group by all;

create table monthly as
with places as (
    from newest
    union all
    select indicator_code, 'district', period, sum(value), sum(numerator), sum(denominator)
    from newest
    group by all
)
select
    *,
    sum(value) over year_so_far as running_total,
    lag(value, 12) over all_months as year_before
from places
window
    year_so_far as (partition by indicator_code, area_code, left(period, 4) order by period),
    all_months as (partition by indicator_code, area_code order by period);
