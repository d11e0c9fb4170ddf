-- A total below the one before it, and the months' figures between: what it adds is below nothing (R7).
with months as (
    select
        known_figures.*,
        year_start_of(known_figures.month) as year_start
    from known_figures
    semi join watched_places using (place)
    where place in (select place from watched_places where is_running)
),

beside_months as (
    select
        *,
        value - coalesce(
            sum(value) filter (kind not in ('opening', 'total')) over so_far, 0
        ) as total_alone,
        count(*) filter (kind not in ('opening', 'total')) over so_far as figures
    from months
    window so_far as (partition by place, year_start order by month)
),

differences as (
    select
        *,
        total_alone - coalesce(lag(total_alone) over totals, 0) as added,
        figures > coalesce(lag(figures) over totals, 0) as is_beside_months
    from beside_months
    where kind in ('opening', 'total')
    window totals as (partition by place, year_start order by month)
)

select
    accepted.row_id,
    'value' as column_name,
    written(accepted.amount) as text,
    written(differences.added) as expected,
    case when differences.is_beside_months then '各月数字之和' else '上一次累计数' end as actual
from accepted_figures as accepted
inner join differences using (place, month)
inner join catalogue on indicator_of(accepted.place) = catalogue.indicator_number
where accepted.kind in ('opening', 'total') and differences.added < 0 and coalesce(catalogue.value_min, 0) >= 0
