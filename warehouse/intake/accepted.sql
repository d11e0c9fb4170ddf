-- The rows that no rule refused: those that were looked at as the ledger will hold them, and together with the plainly
-- sound ones as the rules of history see them.

create or replace temp table refused as
select distinct row_id
from findings;

create or replace temp table accepted_rows as
with sound as (
    select *
    from staged_rows
    where class = 'data' and kind <> 'explanation' and row_id not in (select row_id from refused)
)

select
    sound.row_id,
    sound.place,
    sound.month,
    arrivals.submission_id,
    arrivals.sequence,
    sources.table_name as sheet,
    sound.row_number,
    arrivals.organization_code,
    sound.indicator_code,
    sound.area_code,
    sound.period,
    sound.kind,
    case
        when catalogue.is_ratio or sound.kind in ('withdrawal', 'not_applicable') then null
        when sound.kind = 'nil' then 0
        when sound.kind = 'total' then coalesce(sound.ytd_value, sound.value)
        else sound.value
    end as value,
    case
        when not catalogue.is_ratio or sound.kind in ('withdrawal', 'not_applicable') then null
        when sound.kind = 'nil' then 0
        else sound.numerator
    end as numerator,
    case
        when not catalogue.is_ratio or sound.kind in ('withdrawal', 'not_applicable') then null
        when sound.kind = 'nil' then coalesce(sound.denominator, 0)
        else sound.denominator
    end as denominator,
    case when sound.kind not in ('withdrawal', 'not_applicable') then sound.ytd_value end as ytd_value,
    sound.claimed_rate,
    sound.remark,
    arrivals.received_at as recorded_at
from sound
inner join sources on source_of(sound.row_id) = sources.source
inner join arrivals on sound.delivery = arrivals.delivery
inner join catalogue using (indicator_code);

create or replace temp view plain_accepted as
select plain_rows.*
from plain_rows
anti join refused using (row_id);

-- `figure` is the value or the rate of the parts, `amount` the value or the numerator.
create or replace temp view accepted_figures as
select
    row_id,
    place,
    month,
    'figure' as kind,
    cast(value as decimal(24, 6)) as value,
    cast(value as decimal(24, 6)) as figure,
    cast(value as decimal(24, 6)) as amount,
    cast(ytd_value as decimal(24, 6)) as ytd_value
from plain_accepted
union all by name
select
    accepted_rows.row_id,
    accepted_rows.place,
    accepted_rows.month,
    accepted_rows.kind,
    accepted_rows.value,
    coalesce(
        accepted_rows.value, rate_of(accepted_rows.numerator, accepted_rows.denominator, catalogue.scale)
    ) as figure,
    coalesce(accepted_rows.value, accepted_rows.numerator) as amount,
    accepted_rows.ytd_value
from accepted_rows
inner join catalogue using (indicator_code);
