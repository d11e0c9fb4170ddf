-- Only where the district's own figure and that of every subdistrict are known.
with subdistricts as (
    select area_code
    from areas
    where level = 'subdistrict'
),

amounts as (
    select
        watched_places.indicator_code,
        watched_places.area_code,
        known_figures.month,
        known_figures.amount
    from known_figures
    inner join watched_places using (place)
    where watched_places.is_added_up and known_figures.kind not in ('opening', 'total')
),

sums as (
    select
        amounts.indicator_code,
        amounts.month,
        sum(amounts.amount) as parts
    from amounts
    semi join subdistricts using (area_code)
    group by amounts.indicator_code, amounts.month
    having count(*) = (select count(*) from subdistricts)
),

off as (
    select
        amounts.indicator_code,
        amounts.month,
        amounts.amount,
        sums.parts
    from amounts
    semi join district using (area_code)
    inner join sums using (indicator_code, month)
    where amounts.amount <> sums.parts
),

places_off as (
    select
        known_places.place,
        known_places.area_code = district.area_code as is_the_district,
        off.*
    from off
    inner join known_places using (indicator_code)
    cross join district
)

select
    arg_max(accepted.row_id, (places_off.is_the_district, accepted.row_id)) as row_id,
    null as column_name,
    null as text,
    written(places_off.parts) as expected,
    written(places_off.amount) as actual
from accepted_figures as accepted
inner join places_off using (place, month)
inner join sources on source_of(accepted.row_id) = sources.source
group by sources.delivery, places_off.indicator_code, month, places_off.parts, places_off.amount
