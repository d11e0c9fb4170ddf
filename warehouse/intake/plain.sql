-- The rows of a chunk that are plainly sound: each text is just what the plan says, each figure plain digits within
-- its range. No rule of rows has anything to say of one, so none looks at it; a test holds the rules to that.

insert into plain_rows
with senders as (
    select
        sources.source,
        arrivals.organization_code,
        month_of(strftime(arrivals.received_at, '%Y-%m')) as received_in
    from sources
    inner join arrivals using (delivery)
),

own_figures as (
    select *
    from catalogue
    where not is_ratio and not is_derived
),

-- Each join looks a row of the chunk up in something small, and must stay that way round.
looked_up as (
    select
        chunk.row_id,
        chunk.ytd_value as ytd_text,
        own_figures.decimals,
        own_figures.value_min,
        own_figures.value_max,
        periods.month,
        place_of(own_figures.indicator_number, areas.area_number) as place,
        decimals_of(chunk.value) as decimals_sent,
        try_cast(chunk.value as decimal(18, 6)) as value
    from chunk
    inner join senders on source_of(chunk.row_id) = senders.source
    inner join own_figures
        on chunk.indicator_code = own_figures.indicator_code and senders.organization_code = own_figures.owner_code
    inner join areas
        on
            coalesce(nullif(chunk.area_code, ''), (select district.area_code from district)) = areas.area_code
            and own_figures.reporting_level = areas.level
    inner join period_texts as periods on chunk.period = periods.text
    where
        chunk.cells is null
        and coalesce(chunk.numerator, '') = ''
        and coalesce(chunk.denominator, '') = ''
        and coalesce(chunk.remark, '') = ''
        and coalesce(chunk.indicator_name, '') in ('', own_figures.name_zh)
        and coalesce(chunk.unit, '') in ('', own_figures.unit)
        and is_plain(chunk.value)
        and (coalesce(chunk.ytd_value, '') = '' or is_plain(chunk.ytd_value))
        and periods.month between month_of('2000-01') and senders.received_in
)

select
    row_id,
    place,
    month,
    value,
    try_cast(ytd_text as decimal(18, 6)) as ytd_value
from looked_up
where
    coalesce(value >= value_min, true)
    and coalesce(value <= value_max, true)
    and decimals_sent <= decimals;
