-- Only where the district's own figure and that of every subdistrict are known.
with district as (
    select value as area_code
    from plan.current_settings
    where key = 'area_code'
),

subdistricts as (
    select area_code
    from plan.current_areas
    where level = 'subdistrict'
),

amounts as (
    select
        known_places.indicator_code,
        known_places.area_code,
        known_figures.month,
        known_figures.amount
    from known_figures
    inner join known_places using (place)
    where
        known_places.reporting_level = 'subdistrict'
        and known_places.aggregation in ('sum', 'last', 'ratio', 'ratio_last')
        and known_figures.kind <> 'opening'
        -- Only what the district itself has stated is compared.
        and known_places.indicator_code in (
            select stated.indicator_code
            from known_figures
            inner join known_places as stated using (place)
            semi join district using (area_code)
        )
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
        period_of(amounts.month) as period,
        amounts.amount,
        sums.parts
    from amounts
    semi join district using (area_code)
    inner join sums using (indicator_code, month)
    where amounts.amount <> sums.parts
)

select
    arg_max(accepted.row_id, (accepted.area_code = district.area_code, accepted.row_id)) as row_id,
    null as column_name,
    null as text,
    written(off.parts) as expected,
    written(off.amount) as actual
from accepted_rows as accepted
inner join off using (indicator_code, period)
cross join district
group by accepted.delivery, accepted.indicator_code, accepted.period, off.parts, off.amount
