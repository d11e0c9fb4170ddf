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

observations as (
    select *
    from ledger.observations
    semi join figures_due using (indicator_code, area_code, period)
),

-- Few figures are ever withdrawn: only for these does it matter which statement is the newest.
with_withdrawals as (
    select distinct
        indicator_code,
        area_code,
        period
    from observations
    where kind = 'withdrawal'
),

withdrawn as (
    select
        indicator_code,
        area_code,
        period
    from observations
    semi join with_withdrawals using (indicator_code, area_code, period)
    group by indicator_code, area_code, period
    having arg_max(kind, (sequence, row_number)) = 'withdrawal'
),

reported as (
    select
        indicator_code,
        area_code,
        period
    from observations
    anti join withdrawn using (indicator_code, area_code, period)
    where kind <> 'withdrawal'
),

still_due as (
    select *
    from figures_due
    anti join reported using (indicator_code, area_code, period)
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
