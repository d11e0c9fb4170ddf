-- What the decision reads, beside the edition's marts that are attached as `source`.
create temp table districts as select area_code from source.marts.areas where level = 'district';

create temp view monthly as from source.marts.indicator_monthly;

create temp view trends as from source.marts.target_trend;

create temp table shown as
select indicator_code, area_code, period, value, numerator, denominator, running_total, is_reported
from monthly
limit 0;

create temp table withheld (indicator_code varchar, scope varchar);
