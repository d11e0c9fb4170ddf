-- The newest month of a series that looks like running totals: in one reporting year four months or more in a row, each
-- above the one before, the newest at least twice the first.
with figures as (
    select
        place,
        month,
        value,
        year_start_of(month) as year_start
    from known_figures
    where kind = 'figure' and place in (select place from watched_places where is_running and frequency = 'monthly')
),

steps as (
    select
        *,
        coalesce(lag(month) over by_month <> month - 1 or lag(value) over by_month >= value, true) as begins_a_run
    from figures
    window by_month as (partition by place, year_start order by month)
),

runs as (
    select
        *,
        count(*) filter (begins_a_run) over (partition by place, year_start order by month) as run
    from steps
),

rising as (
    select
        place,
        year_start,
        max(month) as month,
        min(value) as first_value,
        max(value) as newest_value
    from runs
    group by place, year_start, run
    having count(*) >= 4 and min(value) > 0 and max(value) >= 2 * min(value)
)

select
    accepted.row_id,
    'value' as column_name,
    written(rising.newest_value) as text,
    written(rising.first_value) as expected,
    concat_ws('/', known_places.indicator_code, known_places.area_code, rising.year_start // 12) as actual
from accepted_figures as accepted
inner join rising using (place, month)
inner join known_places using (place)
where
    accepted.kind = 'figure'
    and not exists (
        select 1
        from ledger.rulings as rulings
        where
            rulings.kind = 'cumulative'
            and rulings.key
            = concat_ws('/', known_places.indicator_code, known_places.area_code, rising.year_start // 12)
    )
