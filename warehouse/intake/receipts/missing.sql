-- What is still due from the department of each submission, for the months that the submission speaks of.
with

answered as (from answered),

observations as (from ledger.observations),

figures_due as (from plan.current_figures_due),

indicators as (from plan.current_indicators),

spoken_of as (
    select distinct
        observations.submission_id,
        observations.period
    from observations
    semi join answered using (submission_id)
    where observations.kind <> 'opening'
),

-- A file without one sound row is about the month that was being reported when it came.
months as (
    select * from spoken_of
    union all
    select
        submission_id,
        strftime(received_at - interval 24 days, '%Y-%m') as period
    from answered
    anti join spoken_of using (submission_id)
),

reported as (
    select
        indicator_code,
        area_code,
        period
    from observations
    where period in (select period from months)
    group by indicator_code, area_code, period
    having arg_max(kind, (sequence, row_number)) <> 'withdrawal'
)

select
    months.submission_id,
    months.period,
    figures_due.indicator_code,
    indicators.name_zh as indicator_name,
    figures_due.area_code,
    strftime(figures_due.deadline, '%Y-%m-%d') as deadline
from months
inner join answered using (submission_id)
inner join figures_due
    on answered.organization_code = figures_due.organization_code and months.period = figures_due.period
inner join indicators using (indicator_code)
anti join reported
    on
        figures_due.indicator_code = reported.indicator_code
        and figures_due.area_code = reported.area_code
        and figures_due.period = reported.period
order by months.submission_id, months.period, figures_due.indicator_code, figures_due.area_code;
