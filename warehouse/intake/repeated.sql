-- Sound rows of one file that speak of the same indicator, area and period; `versions` counts what they say.

-- Hardly any key is repeated. Once that is known, what rows say is looked up for those keys alone.
create or replace temp table repeated_keys as
with keys as (
    select
        place,
        month
    from plain_rows
    union all
    select
        place,
        month
    from staged_rows
    where class = 'data' and kind <> 'explanation' and row_id not in (select row_id from findings)
)

select
    place,
    month
from keys
group by place, month
having count(*) > 1;

create or replace temp table repeated_rows as
with sound as not materialized (
    select
        row_id,
        place,
        month,
        'figure' as kind,
        cast(value as decimal(24, 6)) as value,
        null as numerator,
        null as denominator,
        cast(ytd_value as decimal(24, 6)) as ytd_value
    from plain_rows
    union all by name
    select
        row_id,
        place,
        month,
        kind,
        value,
        numerator,
        denominator,
        ytd_value
    from staged_rows
    where class = 'data' and kind <> 'explanation' and row_id not in (select row_id from findings)
),

statements as (
    select
        sound.row_id,
        sources.delivery,
        sound.place,
        sound.month,
        number_of(sound.row_id) as row_number,
        hash(sound.kind, sound.value, sound.numerator, sound.denominator, sound.ytd_value) as statement
    from sound
    semi join repeated_keys using (place, month)
    inner join sources on source_of(sound.row_id) = sources.source
)

select
    row_id,
    count(distinct statement) over one_key as versions,
    count(*) over one_key as rows_of_key,
    min(row_id) over one_key as first_row_id,
    cast(arg_min(row_number, row_id) over one_key as varchar) as first_row_number
from statements
window one_key as (partition by delivery, place, month)
qualify rows_of_key > 1;
