-- Running totals, rulings, reporters by area, values by year. Homes of releases without numbers may have some of it.

create table if not exists ledger.rulings (
    ruling_id varchar not null,
    kind varchar not null,
    key varchar not null,
    verdict varchar not null,
    decided_by varchar not null,
    note varchar not null,
    decided_at timestamp not null
);

create table if not exists plan.indicator_reporters (
    plan_version varchar not null,
    indicator_code varchar not null,
    area_code varchar not null,
    organization_code varchar not null,
    from_period varchar not null,
    to_period varchar
);

create table if not exists plan.target_values (
    plan_version varchar not null,
    target_code varchar not null,
    year integer not null,
    target_value decimal(24, 6) not null,
    upper_value decimal(24, 6)
);

-- What the plans of that time left out, as warehouse/plan/completion.py says it of every plan.
alter table plan.indicators add column if not exists reported_as varchar;
alter table plan.indicators add column if not exists lag_months integer;
alter table plan.indicators add column if not exists source_zh varchar;
alter table plan.status_rules add column if not exists pace varchar;
alter table plan.targets add column if not exists after_window varchar;

update plan.indicators set reported_as = 'month', lag_months = 0 where reported_as is null;

update plan.targets
set
    after_window = case
        when
            repeat = 'yearly' or judged = 'throughout' or pace = 'level' or comparator in ('at_most', 'below', 'zero')
            then 'ends'
        when comparator in ('done', 'evidence') then 'counts'
        when judged = 'as_reached' and indicators.aggregation in ('last', 'ratio_last', 'increment') then 'counts'
        else 'ends'
    end
from plan.indicators as indicators
where
    targets.after_window is null
    and targets.plan_version = indicators.plan_version
    and targets.indicator_code = indicators.indicator_code;

update plan.status_rules set pace = 'growing' where pace is null;

insert into plan.status_rules by name
select versions.plan_version, rules.*
from plan.versions as versions
cross join (
    values ('behind', 10, 'yellow', 'level'), ('far_behind', null, 'red', 'level')
) as rules (status, max_lag_pp, light, pace)
where not exists (
    select 1 from plan.status_rules as own
    where versions.plan_version = own.plan_version and own.pace = 'level'
);

insert into plan.settings by name
select versions.plan_version, defaults.*
from plan.versions as versions
cross join (values ('year_starts', '1'), ('attainment_decimals', '1')) as defaults (key, value)
where not exists (
    select 1 from plan.settings as own
    where versions.plan_version = own.plan_version and defaults.key = own.key
);
