-- What is known of the batch's indicators and areas once the batch is in: the newest statement for each month,
-- beside it what the months before it say. Months are counted, which sorts many times faster than their names.

create or replace temp table known_figures as
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
),

keys as (
    select
        row_number() over () as place,
        neighbours.*,
        catalogue.scale
    from neighbours
    inner join catalogue using (indicator_code)
),

statements as (
    select * exclude (row_id, delivery)
    from accepted_rows
    union all by name
    select observations.*
    from ledger.observations as observations
    semi join keys using (indicator_code, area_code)
),

counted as (
    select
        keys.place,
        12 * cast(left(statements.period, 4) as integer) + cast(right(statements.period, 2) as integer) - 1 as month,
        statements.kind,
        statements.value,
        coalesce(statements.value, rate_of(statements.numerator, statements.denominator, keys.scale)) as figure,
        coalesce(statements.value, statements.numerator) as amount,
        statements.sequence,
        statements.row_number
    from statements
    inner join keys using (indicator_code, area_code)
),

newest as (
    select *
    from counted
    qualify
        lead(month, 1, 0) over (partition by place order by month, sequence, row_number) <> month
),

known as (
    select *
    from newest
    where kind not in ('withdrawal', 'not_applicable')
)

select
    keys.indicator_code,
    keys.area_code,
    format('{:04d}-{:02d}', known.month // 12, known.month % 12 + 1) as period,
    known.place,
    known.month,
    known.kind,
    known.value,
    known.figure,
    known.amount,
    sum(known.value) filter (known.kind <> 'opening') over year_before as year_sum,
    count(*) filter (known.value > 0 and known.kind <> 'opening') over year_before as year_months,
    min(known.figure) filter (known.kind <> 'opening') over two_years_before as lowest,
    max(known.figure) filter (known.kind <> 'opening') over two_years_before as highest,
    count(known.figure) filter (known.kind <> 'opening') over two_years_before as history_months
from known
inner join keys using (place)
window year_before as (
    partition by known.place
    order by known.month
    range between known.month % 12 preceding and 1 preceding
),
two_years_before as (
    partition by known.place
    order by known.month
    range between 24 preceding and 1 preceding
);
