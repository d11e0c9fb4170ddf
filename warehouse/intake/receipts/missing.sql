-- What is still due from the department of each submission, in the rounds of reports that the submission speaks of. These
-- departments ($organization_codes) and rounds ($periods) are given by value: only what they owe is then worked out.
with

answered_months as (from answered_months),

indicators as (from plan.current_indicators),

figures_due as (
    select *
    from plan.current_figures_due
    where list_contains($organization_codes, organization_code) and list_contains($periods, due_period)
),

answers as (from ledger.current_answers where ended_at is null),

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
    strftime(still_due.deadline, '%Y-%m-%d') as deadline
from answered_months
inner join still_due
    on answered_months.organization_code = still_due.organization_code and answered_months.period = still_due.due_period
inner join indicators using (indicator_code)
order by answered_months.submission_id, still_due.period, still_due.indicator_code, still_due.area_code;
