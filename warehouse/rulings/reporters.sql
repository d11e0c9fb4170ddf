-- The names of the organizations that report $indicator_code or what it is derived from, and of $organization_code, which
-- answers for the item: codes, names, aliases and responsible persons.
with

reporting as (
    select figures.organization_code
    from plan.current_figures_due as figures
    inner join plan.indicator_sources as sources on figures.indicator_code = sources.source_code
    inner join plan.current_version using (plan_version)
    where sources.indicator_code = $indicator_code
    union
    select $organization_code
),

organizations as (
    select organizations.*
    from plan.current_organizations as organizations
    semi join reporting using (organization_code)
)

select organization_code as name from organizations
union
select name_zh from organizations
union
select unnest(string_split(aliases, ';')) from organizations
union
select responsible from organizations
