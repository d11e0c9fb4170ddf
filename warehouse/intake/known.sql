-- What is known of the batch's indicators and areas once the batch is in: the newest statement for each month.
-- A place is an indicator in an area, a month is counted: numbers join and sort many times faster than names.

create or replace temp table known_places as
with places as (
    select distinct
        indicator_code,
        area_code
    from accepted_rows
),

-- Adding up to the district needs its other areas too.
neighbours as (
    select distinct
        places.indicator_code,
        areas.area_code
    from places
    inner join catalogue using (indicator_code)
    inner join plan.current_areas as areas on areas.level = 'subdistrict'
    where catalogue.reporting_level = 'subdistrict'
    union
    select
        indicator_code,
        settings.value as area_code
    from places
    cross join plan.current_settings as settings
    where settings.key = 'area_code'
    union
    select * from places
)

select
    row_number() over () as place,
    neighbours.*,
    catalogue.scale,
    catalogue.aggregation,
    catalogue.frequency,
    catalogue.reporting_level
from neighbours
inner join catalogue using (indicator_code);

create or replace temp table known_figures as
with statements as (
    select * exclude (row_id, delivery)
    from accepted_rows
    union all by name
    select observations.*
    from ledger.observations as observations
    semi join known_places using (indicator_code, area_code)
),

counted as materialized (
    select
        known_places.place,
        month_of(statements.period) as month,
        statements.kind,
        statements.value,
        coalesce(statements.value, rate_of(statements.numerator, statements.denominator, known_places.scale)) as figure,
        coalesce(statements.value, statements.numerator) as amount,
        statements.sequence,
        statements.row_number
    from statements
    inner join known_places using (indicator_code, area_code)
),

-- One file says one thing of a month, so only places of several files can have a month said twice.
shared as (
    select place
    from counted
    group by place
    having min(sequence) < max(sequence)
),

said_again as (
    select
        place,
        month
    from counted
    semi join shared using (place)
    group by place, month
    having count(*) > 1
),

newest as (
    select counted.*
    from counted
    anti join said_again using (place, month)
    union all
    select counted.*
    from counted
    semi join said_again using (place, month)
    qualify row_number() over (partition by place, month order by sequence desc, row_number desc) = 1
)

select * exclude (sequence, row_number)
from newest
where kind not in ('withdrawal', 'not_applicable');
