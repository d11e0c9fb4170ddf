-- What the departments ($organization_codes) owe in the rounds of reports ($periods) that the answered submissions speak of, and
-- of which something may be missing: a figure that was stated and never withdrawn is not. Departments and rounds are
-- given by value, so that only these figures are worked out.
create or replace temp table figures_due as
with

due as (
    select *
    from plan.current_figures_due
    where list_contains($organization_codes, organization_code) and list_contains($periods, due_period)
),

statements as not materialized (from ledger.observations where kind <> 'withdrawal'),

withdrawals as not materialized (from ledger.observations where kind = 'withdrawal')

select * from due
anti join statements using (indicator_code, area_code, period)
union
select * from due
semi join withdrawals using (indicator_code, area_code, period);
