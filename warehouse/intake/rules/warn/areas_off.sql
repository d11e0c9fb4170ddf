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
        known_figures.indicator_code,
        known_figures.period,
        known_figures.area_code,
        known_figures.amount
    from known_figures
    inner join catalogue using (indicator_code)
    where
        catalogue.reporting_level = 'subdistrict'
        and catalogue.aggregation in ('sum', 'last', 'ratio', 'ratio_last')
        and known_figures.kind <> 'opening'
),

sums as (
    select
        amounts.indicator_code,
        amounts.period,
        sum(amounts.amount) as parts
    from amounts
    semi join subdistricts using (area_code)
    group by amounts.indicator_code, amounts.period
    having count(*) = (select count(*) from subdistricts)
),

off as (
    select
        amounts.indicator_code,
        amounts.period,
        amounts.amount,
        sums.parts
    from amounts
    semi join district using (area_code)
    inner join sums using (indicator_code, period)
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
