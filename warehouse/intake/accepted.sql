-- The rows that no rule refused, as the ledger will hold them.

create or replace temp table accepted_rows as
with sound as (
    select *
    from staged_rows
    where class = 'data' and row_id not in (select row_id from findings)
)

select
    sound.row_id,
    sound.delivery,
    arrivals.submission_id,
    arrivals.sequence,
    sound.sheet,
    sound.row_number,
    arrivals.organization_code,
    sound.indicator_code,
    sound.area_code,
    sound.period,
    sound.kind,
    case
        when catalogue.is_ratio or sound.kind in ('withdrawal', 'not_applicable') then null
        when sound.kind = 'nil' then 0
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
    sound.remark,
    arrivals.received_at as recorded_at
from sound
inner join arrivals using (delivery)
inner join catalogue using (indicator_code);
