-- The month that is being reported on the day $today: the one whose deadline comes next; none after the plan's end.
with

figures_due as (from plan.current_figures_due),

months as (
    select due_period as period, max(deadline) as deadline
    from figures_due
    group by due_period
)

select min(period) as period
from months
where deadline >= $today
