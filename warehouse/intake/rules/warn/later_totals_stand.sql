-- A total that is corrected or withdrawn leaves later totals of its year as they are (R6).
with touched as (
    select
        accepted.row_id,
        accepted.place,
        accepted.month,
        written(accepted.amount) as text
    from accepted_figures as accepted
    semi join watched_places using (place)
    inner join earlier_figures as earlier using (place, month)
    where accepted.kind in ('total', 'opening', 'withdrawal') and earlier.kind in ('total', 'opening')
    group by all
)

select
    touched.row_id,
    'value' as column_name,
    touched.text,
    period_of(max(known.month)) as expected,
    null as actual
from touched
inner join known_figures as known using (place)
where
    known.kind in ('total', 'opening')
    and known.month > touched.month
    and year_start_of(known.month) = year_start_of(touched.month)
group by touched.row_id, touched.text
