-- What is known of the batch's places once the batch is in: the newest statement for each month, of the places that a
-- rule of history has reason to look at.

create or replace temp table sent_places as
select
    place,
    min(source_of(row_id)) < max(source_of(row_id)) as is_of_several,
    count(figure) as figures,
    min(cast(figure as double)) as lowest,
    max(cast(figure as double)) as highest
from accepted_figures
group by place;

create or replace temp table known_places as
with sent_indicators as (
    select distinct
        catalogue.indicator_number,
        catalogue.indicator_code,
        catalogue.reporting_level
    from sent_places
    inner join catalogue on indicator_of(sent_places.place) = catalogue.indicator_number
),

-- Adding up to the district needs its other areas too.
neighbours as (
    select
        sent_indicators.indicator_number,
        areas.area_number
    from sent_indicators
    inner join areas
        on
            areas.area_code = (select district.area_code from district)
            or (sent_indicators.reporting_level = 'subdistrict' and areas.level = 'subdistrict')
),

places as (
    select place_of(indicator_number, area_number) as place
    from neighbours
    union
    select place
    from sent_places
)

select
    places.place,
    catalogue.indicator_code,
    areas.area_code,
    catalogue.scale,
    catalogue.aggregation,
    catalogue.frequency,
    catalogue.reporting_level
from places
inner join catalogue on indicator_of(places.place) = catalogue.indicator_number
inner join areas on area_of(places.place) = areas.area_number;

create or replace temp view earlier_figures as
select
    known_places.place,
    month_of(observations.period) as month,
    observations.kind,
    observations.value,
    coalesce(
        observations.value, rate_of(observations.numerator, observations.denominator, known_places.scale)
    ) as figure,
    coalesce(observations.value, observations.numerator) as amount,
    observations.sequence,
    observations.row_number
from ledger.observations as observations
inner join known_places using (indicator_code, area_code);

create or replace temp table earlier_places as
select
    place,
    min(sequence) < max(sequence) as is_of_several,
    count(figure) as figures,
    min(cast(figure as double)) as lowest,
    max(cast(figure as double)) as highest
from earlier_figures
group by place;

-- Where all figures lie within half of the least, none is 0.6 of a median off: such a place is not wide.
create or replace temp table watched_places as
with spreads as (
    select
        known_places.*,
        sent.place is not null as is_sent,
        coalesce(sent.is_of_several, false)
        or coalesce(earlier.is_of_several, false)
        or (sent.place is not null and earlier.place is not null) as is_of_several,
        coalesce(sent.figures, 0) + coalesce(earlier.figures, 0) as figures,
        least(sent.lowest, earlier.lowest) as lowest,
        greatest(sent.highest, earlier.highest) as highest
    from known_places
    left join sent_places as sent using (place)
    left join earlier_places as earlier using (place)
),

stated_by_the_district as (
    select indicator_code
    from spreads
    where
        area_code = (select district.area_code from district)
        and reporting_level = 'subdistrict'
        and aggregation in ('sum', 'last', 'ratio', 'ratio_last')
        and figures > 0
),

judged as (
    select
        * exclude (figures, lowest, highest),
        is_sent and aggregation = 'sum' as is_running,
        is_sent
        and frequency = 'monthly'
        and figures > 6
        and not (lowest * highest >= 0 and highest - lowest <= 0.5 * least(abs(lowest), abs(highest))) as is_wide,
        indicator_code in (select indicator_code from stated_by_the_district) as is_added_up
    from spreads
)

select *
from judged
where is_running or is_wide or is_added_up;

create or replace temp table known_figures as
with statements as (
    select
        place,
        month,
        kind,
        value,
        figure,
        amount,
        row_id,
        null as sequence,
        null as row_number
    from accepted_figures
    semi join watched_places using (place)
    union all
    select
        place,
        month,
        kind,
        value,
        figure,
        amount,
        null as row_id,
        sequence,
        row_number
    from earlier_figures
    semi join watched_places using (place)
),

-- One file says one thing of a month, so only places of several files can have a month said twice.
said_again as (
    select
        place,
        month
    from statements
    where place in (select place from watched_places where is_of_several)
    group by place, month
    having count(*) > 1
),

newest as (
    select statements.*
    from statements
    anti join said_again using (place, month)
    union all
    select statements.*
    from statements
    semi join said_again using (place, month)
    qualify
        row_number() over (
            partition by place, month
            order by row_id desc nulls last, sequence desc, row_number desc
        ) = 1
)

select * exclude (row_id, sequence, row_number)
from newest
where kind not in ('withdrawal', 'not_applicable');
