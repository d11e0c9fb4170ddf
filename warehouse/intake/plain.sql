-- The rows of a chunk that are plainly sound: each text is just what the plan says, each figure plain digits within
-- its range. No rule of rows has anything to say of one, so none looks at it; a test holds the rules to that.

insert into plain_rows
with senders as (
    select
        sources.source,
        sources.value_unit,
        sources.ytd_unit,
        arrivals.organization_code,
        month_of(strftime(arrivals.received_at, '%Y-%m')) as received_in
    from sources
    inner join arrivals using (delivery)
),

looked_up as (
    select
        chunk.row_id,
        chunk.ytd_value as ytd_text,
        own_figures.decimals,
        own_figures.is_in_tens_of_percent,
        own_figures.lowest,
        own_figures.highest,
        months.month,
        place_of(own_figures.indicator_number, area_texts.area_number) as place,
        decimals_of(chunk.value) as decimals_sent,
        try_cast(chunk.value as decimal(18, 6)) as value
    -- Each join looks a row of the chunk up in something small, and must stay that way round.
    from chunk
    inner join senders on source_of(chunk.row_id) = senders.source
    inner join own_figures
        on chunk.indicator_code = own_figures.indicator_code and senders.organization_code = own_figures.owner_code
    inner join area_texts on chunk.area_code = area_texts.text and own_figures.reporting_level = area_texts.level
    inner join period_texts as months on chunk.period = months.text
    where
        chunk.cells is null
        and chunk.numerator = ''
        and chunk.denominator = ''
        and chunk.claimed_rate = ''
        and chunk.reason = ''
        and chunk.measure = ''
        and chunk.promised_on = ''
        and chunk.responsible = ''
        and chunk.contact = ''
        and chunk.remark = ''
        and chunk.indicator_name in ('', own_figures.name_zh)
        and chunk.unit in ('', own_figures.unit)
        and chunk.area_name in ('', area_texts.name_zh)
        and coalesce(senders.value_unit, own_figures.unit) = own_figures.unit
        and coalesce(senders.ytd_unit, own_figures.unit) = own_figures.unit
        and is_plain(chunk.value)
        and (chunk.ytd_value = '' or is_plain(chunk.ytd_value))
        and months.month between month_of('2000-01') and senders.received_in
)

select
    row_id,
    place,
    month,
    value,
    case when ytd_text <> '' then try_cast(ytd_text as decimal(18, 6)) end as ytd_value
from looked_up
where
    value between lowest and highest
    and decimals_sent <= decimals
    and not (is_in_tens_of_percent and value > 0 and value <= 1);
