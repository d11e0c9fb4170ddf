-- What is still due from the department of each submission, for the months that the submission speaks of.
with answered as (
    select *
    from answered
),

first_month as (
    select value as period
    from plan.current_settings
    where key = 'reporting_starts'
),

spoken_of as (
    select distinct
        observations.submission_id,
        observations.period
    from ledger.observations
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

areas as (
    select
        area_code,
        level
    from plan.current_areas
    where level = 'subdistrict' or area_code = (select value from plan.current_settings where key = 'area_code')
),

due as (
    select
        months.submission_id,
        months.period,
        indicators.indicator_code,
        indicators.name_zh as indicator_name,
        areas.area_code
    from months
    cross join first_month
    inner join answered using (submission_id)
    inner join plan.current_indicators as indicators using (organization_code)
    inner join areas on indicators.reporting_level = areas.level
    where
        months.period >= first_month.period
        and case indicators.frequency
            when 'monthly' then true
            when 'quarterly' then right(months.period, 2) in ('03', '06', '09', '12')
            else right(months.period, 2) = '12'
        end
        and indicators.aggregation not in ('growth', 'multiple', 'increment', 'quotient', 'difference')
),

reported as (
    select
        indicator_code,
        area_code,
        period
    from ledger.observations
    where period in (select period from months)
    group by indicator_code, area_code, period
    having arg_max(kind, (sequence, row_number)) <> 'withdrawal'
)

select
    due.submission_id,
    due.period,
    due.indicator_code,
    due.indicator_name,
    due.area_code,
    strftime(
        cast(concat(due.period, '-01') as date) + interval 1 month
        + to_days(cast(coalesce(deadline.value, '5') as integer) - 1),
        '%Y-%m-%d'
    ) as deadline
from due
left join plan.current_settings as deadline on deadline.key = 'deadline_day'
anti join reported using (indicator_code, area_code, period)
order by due.submission_id, due.period, due.indicator_code, due.area_code;
