-- What is said of a month that a later total of its year holds leaves that total as it is: a month's figure, or a total
-- that is corrected or withdrawn (R6).
with

totals as (
    select
        place,
        month
    from known_figures
    where kind in ('total', 'opening')
),

touched as (
    select
        accepted.row_id,
        accepted.place,
        accepted.month,
        written(accepted.amount) as text
    from accepted_figures as accepted
    semi join totals using (place)
    left join earlier_figures as earlier
        on
            accepted.place = earlier.place
            and accepted.month = earlier.month
            and earlier.kind in ('total', 'opening')
    where
        accepted.kind = 'figure'
        or (accepted.kind in ('total', 'opening', 'withdrawal') and earlier.place is not null)
    group by all
)

select
    touched.row_id,
    'value' as column_name,
    touched.text,
    period_of(max(totals.month)) as expected,
    null as actual
from touched
inner join totals
    on
        touched.place = totals.place
        and touched.month < totals.month
        and year_start_of(touched.month) = year_start_of(totals.month)
group by touched.row_id, touched.text
