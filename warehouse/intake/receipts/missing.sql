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

terms as (
    select cast(any_value(value) as integer) as year_starts
    from plan.current_settings
    where key = 'year_starts'
),

places_of_totals as (
    select distinct
        observations.indicator_code,
        observations.area_code,
        observations.period
    from ledger.observations as observations
    inner join indicators using (indicator_code)
    semi join figures_due
        on
            observations.indicator_code = figures_due.indicator_code
            and observations.area_code = figures_due.area_code
    where observations.kind in ('opening', 'total') and indicators.aggregation in ('sum', 'ratio')
),

-- What was said last at a place, where that is a running total of what adds up.
totals as (
    select
        indicator_code,
        area_code,
        period
    from ledger.observations
    semi join places_of_totals using (indicator_code, area_code, period)
    group by all
    having arg_max(kind, (sequence, row_number)) in ('opening', 'total')
),

-- A later running total of the reporting year holds a month of which nothing was said.
covered as (
    select
        figures_due.indicator_code,
        figures_due.area_code,
        figures_due.period
    from figures_due
    cross join terms
    inner join totals
        on
            figures_due.indicator_code = totals.indicator_code
            and figures_due.area_code = totals.area_code
            and figures_due.period < totals.period
            and year(cast(figures_due.period || '-01' as date) - to_months(terms.year_starts - 1))
            = year(cast(totals.period || '-01' as date) - to_months(terms.year_starts - 1))
),

still_due as (
    select *
    from figures_due
    anti join reported using (indicator_code, area_code, period)
    anti join covered using (indicator_code, area_code, period)
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
