-- What is known of the batch's indicators and areas once the batch is in: the newest statement for each month.

create or replace temp table known_figures as
with pairs as (
    select distinct
        indicator_code,
        area_code
    from accepted_rows
),

-- Adding up to the district needs its other areas too.
neighbours as (
    select distinct
        pairs.indicator_code,
        areas.area_code
    from pairs
    inner join catalogue using (indicator_code)
    inner join plan.current_areas as areas on catalogue.reporting_level = 'subdistrict' and areas.level = 'subdistrict'
    union
    select
        indicator_code,
        value
    from pairs
    cross join plan.current_settings
    where key = 'area_code'
    union
    select * from pairs
),

statements as (
    select
        indicator_code,
        area_code,
        period,
        kind,
        value,
        numerator,
        denominator,
        sequence,
        row_number
    from ledger.observations
    semi join neighbours using (indicator_code, area_code)
    union all
    select
        indicator_code,
        area_code,
        period,
        kind,
        value,
        numerator,
        denominator,
        sequence,
        row_number
    from accepted_rows
)

select
    statements.* exclude (sequence, row_number),
    coalesce(value, rate_of(numerator, denominator, catalogue.scale)) as figure
from statements
inner join catalogue using (indicator_code)
qualify
    row_number() over (
        partition by indicator_code, area_code, period
        order by sequence desc, row_number desc
    ) = 1;

delete from known_figures
where kind in ('withdrawal', 'not_applicable');
