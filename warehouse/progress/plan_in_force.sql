-- The plan that a month is judged by: the version named, else the newest that was loaded by the end of $day; before the
-- first one was loaded, the first.
with

versions as (from plan.versions),

settings as (from plan.settings),

in_force as (
    select plan_version
    from versions
    order by
        plan_version = $plan_version desc,
        $day is null or loaded_at < cast($day as date) + interval 1 day desc,
        case when $day is null or loaded_at < cast($day as date) + interval 1 day then -sequence else sequence end
    limit 1
),

first_windows as (
    select
        plan_version,
        min(window_start) as first_period
    from plan.targets
    group by plan_version
)

select
    in_force.plan_version,
    cast(settings.value as integer) as year_starts,
    first_windows.first_period
from in_force
left join first_windows using (plan_version)
inner join settings on in_force.plan_version = settings.plan_version and settings.key = 'year_starts'
