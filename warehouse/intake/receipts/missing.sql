-- What is still due from the department of each submission, in the rounds of reports that the submission speaks of. The
-- indicators and areas of these figures are given by value: only statements about them are then looked at.
with

answered_months as (from answered_months),

figures_due as (from figures_due),

indicators as (from plan.current_indicators),

areas as (from plan.current_areas),

answers as (
    select *
    from ledger.answers_about($indicator_codes, $area_codes)
    semi join plan.current_version using (plan_version)
    where ended_at is null
),

still_due as (
    select *
    from figures_due
    anti join answers
        on
            figures_due.indicator_code = answers.indicator_code
            and figures_due.area_code = answers.area_code
            and figures_due.period between answers.first_period and answers.last_period
)

select
    answered_months.submission_id,
    still_due.period,
    still_due.indicator_code,
    indicators.name_zh as indicator_name,
    still_due.area_code,
    areas.name_zh as area_name,
    strftime(still_due.deadline, '%Y-%m-%d') as deadline
from answered_months
inner join still_due
    on answered_months.organization_code = still_due.organization_code and answered_months.period = still_due.due_period
inner join indicators using (indicator_code)
inner join areas on still_due.area_code = areas.area_code
order by answered_months.submission_id, still_due.period, still_due.indicator_code, still_due.area_code;
