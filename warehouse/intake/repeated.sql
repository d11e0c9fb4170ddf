-- Sound rows of one file that speak of the same indicator, area and period; `versions` counts what they say.

create or replace temp table repeated_rows as
with sound as (
    select *
    from staged_rows
    where class = 'data' and row_id not in (select row_id from findings)
),

suspects as (
    select
        delivery,
        hash(indicator_code, area_code, period) as key
    from sound
    group by all
    having count(*) > 1
),

statements as (
    select
        sound.*,
        hash(kind, value, numerator, denominator, ytd_value) as statement
    from sound
    inner join suspects
        on sound.delivery = suspects.delivery and hash(sound.indicator_code, sound.area_code, sound.period) = suspects.key
)

select
    row_id,
    count(distinct statement) over one_key as versions,
    count(*) over one_key as rows_of_key,
    min(row_id) over one_key as first_row_id,
    cast(arg_min(row_number, row_id) over one_key as varchar) as first_row_number,
    array_to_string(list(row_number order by row_id) over one_key, '、') as row_numbers
from statements
window one_key as (partition by delivery, indicator_code, area_code, period)
qualify rows_of_key > 1;
