-- The months to publish by the plan in force: those to the end of its last target, and later ones for which figures are
-- due that others publish late. Each with the deadline of its reports, and the day on which the home's first plan was loaded.
with

months as (
    select deadlines.*
    from plan.deadlines as deadlines
    semi join plan.current_version using (plan_version)
),

targets_end as (select max(window_end) as last_period from plan.current_targets),

home as (select cast(min(loaded_at) as date) as made_on from plan.versions)

select
    months.period,
    months.deadline,
    home.made_on
from months
cross join home
cross join targets_end
where
    months.period <= targets_end.last_period
    or months.period in (select figures.due_period from plan.current_figures_due as figures)
order by months.period
