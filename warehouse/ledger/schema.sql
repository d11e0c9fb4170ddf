-- The ledger: what was received, what was accepted, what was refused, what was decided, and the plan it was judged by.
-- Append-only. No key and no index: uniqueness is proved by tests (DuckDB's indexes do not survive every crash,
-- and a lakehouse has none). Times are wall-clock Asia/Shanghai; figures are decimal(24, 6).

create schema if not exists ledger;
create schema if not exists plan;

create table if not exists ledger.submissions (
    submission_id varchar not null,
    sequence bigint not null,
    organization_code varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    size_bytes bigint not null,
    format varchar,
    received_at timestamp not null,
    status varchar not null,
    is_sample boolean not null,
    rows_read bigint not null,
    rows_accepted bigint not null,
    rows_warned bigint not null,
    rows_refused bigint not null,
    rows_blank bigint not null,
    rows_non_data bigint not null
);

create table if not exists ledger.observations (
    submission_id varchar not null,
    sequence bigint not null,
    sheet varchar not null,
    row_number bigint not null,
    organization_code varchar not null,
    indicator_code varchar not null,
    area_code varchar not null,
    period varchar not null,
    kind varchar not null,
    value decimal(24, 6),
    numerator decimal(24, 6),
    denominator decimal(24, 6),
    ytd_value decimal(24, 6),
    remark varchar,
    recorded_at timestamp not null
);

create table if not exists ledger.refusals (
    submission_id varchar not null,
    sequence bigint not null,
    sheet varchar not null,
    row_number bigint,
    column_name varchar,
    text varchar,
    rule varchar not null,
    reason_zh varchar not null,
    reason_en varchar not null,
    fix_zh varchar not null
);

create table if not exists ledger.warnings (
    submission_id varchar not null,
    sequence bigint not null,
    sheet varchar not null,
    row_number bigint,
    column_name varchar,
    text varchar,
    rule varchar not null,
    reason_zh varchar not null,
    reason_en varchar not null,
    fix_zh varchar not null
);

create table if not exists ledger.decisions (
    decision_id varchar not null,
    period varchar not null,
    suite varchar not null,
    expectation varchar not null,
    decided_by varchar not null,
    reason varchar not null,
    decided_at timestamp not null,
    expires_on date not null
);

create table if not exists plan.versions (
    plan_version varchar not null,
    sequence bigint not null,
    loaded_at timestamp not null
);

create table if not exists plan.settings (
    plan_version varchar not null, key varchar not null, value varchar not null
);

create table if not exists plan.organizations (
    plan_version varchar not null,
    organization_code varchar not null,
    name_zh varchar not null,
    kind varchar not null,
    aliases varchar
);

create table if not exists plan.areas (
    plan_version varchar not null,
    area_code varchar not null,
    name_zh varchar not null,
    level varchar not null,
    parent_code varchar
);

create table if not exists plan.commitments (
    plan_version varchar not null,
    commitment_code varchar not null,
    kind varchar not null,
    section_zh varchar,
    title_zh varchar not null,
    text_zh varchar not null
);

create table if not exists plan.commitment_organizations (
    plan_version varchar not null,
    commitment_code varchar not null,
    organization_code varchar not null,
    role varchar not null
);

create table if not exists plan.indicators (
    plan_version varchar not null,
    indicator_code varchar not null,
    name_zh varchar not null,
    name_en varchar,
    unit varchar not null,
    favourable varchar,
    aggregation varchar not null,
    numerator_name_zh varchar,
    denominator_name_zh varchar,
    scale decimal(24, 6),
    input_a varchar,
    input_b varchar,
    base_period varchar,
    organization_code varchar,
    reporting_level varchar not null,
    frequency varchar not null,
    value_min decimal(24, 6),
    value_max decimal(24, 6),
    decimals integer not null,
    description_zh varchar
);

create table if not exists plan.targets (
    plan_version varchar not null,
    target_code varchar not null,
    indicator_code varchar not null,
    commitment_code varchar not null,
    area_code varchar not null,
    window_start varchar not null,
    window_end varchar not null,
    repeat varchar not null,
    comparator varchar not null,
    target_value decimal(24, 6),
    upper_value decimal(24, 6),
    tolerance decimal(24, 6),
    judged varchar not null,
    pace varchar not null,
    anchor_target_code varchar,
    quote_zh varchar not null,
    note_zh varchar,
    superseded_by varchar
);

create table if not exists plan.target_revisions (
    plan_version varchar not null,
    target_code varchar not null,
    replaced_by varchar not null,
    revised_on date not null,
    approved_by varchar not null,
    reason_zh varchar not null
);

create table if not exists plan.pace_profiles (
    plan_version varchar not null,
    target_code varchar not null,
    period varchar not null,
    expected_pct decimal(24, 6) not null
);

create table if not exists plan.status_rules (
    plan_version varchar not null,
    status varchar not null,
    max_lag_pp decimal(24, 6),
    light varchar not null
);

-- Days off on a weekday (holiday) and weekends that are worked instead (workday), of the years that are listed.
create table if not exists plan.holidays (
    plan_version varchar not null,
    day date not null,
    kind varchar not null,
    name_zh varchar not null
);

create table if not exists plan.extensions (
    plan_version varchar not null,
    organization_code varchar not null,
    period varchar not null,
    deadline date not null,
    reason_zh varchar not null,
    approved_by varchar not null
);

-- The plan that is in force now, for whoever takes in submissions; an as-of build picks its version by time instead.
create or replace view plan.current_version as
select max_by(plan_version, sequence) as plan_version from plan.versions;

create or replace view plan.current_settings as
select rows.* exclude (plan_version) from plan.settings as rows semi join plan.current_version using (plan_version);

create or replace view plan.current_organizations as
select rows.* exclude (plan_version) from plan.organizations as rows semi join plan.current_version using (plan_version);

create or replace view plan.current_areas as
select rows.* exclude (plan_version) from plan.areas as rows semi join plan.current_version using (plan_version);

create or replace view plan.current_indicators as
select rows.* exclude (plan_version) from plan.indicators as rows semi join plan.current_version using (plan_version);

create or replace view plan.current_targets as
select rows.* exclude (plan_version) from plan.targets as rows semi join plan.current_version using (plan_version);

-- By which day each month's reports are due, from each version of the plan: the deadline_day of the next month, moved
-- on to a working day in a year whose days off are listed (no rest is longer than a month).
create or replace view plan.deadlines as
with

terms as (
    select
        plan_version,
        cast(any_value(value) filter (where key = 'reporting_starts') || '-01' as date) as first_month,
        cast(any_value(value) filter (where key = 'deadline_day') as bigint) as deadline_day
    from plan.settings
    group by plan_version
),

last_months as (
    select plan_version, max(cast(window_end || '-01' as date)) as last_month
    from plan.targets
    group by plan_version
),

months as (
    select
        terms.*,
        unnest(generate_series(terms.first_month, last_months.last_month, interval 1 month)) as month
    from terms
    inner join last_months using (plan_version)
),

ordinary as (
    select
        plan_version,
        month,
        cast(month + interval 1 month + to_days(deadline_day - 1) as date) as deadline
    from months
),

days as (
    select
        plan_version,
        month,
        unnest(generate_series(deadline, deadline + interval 1 month, interval 1 day))::date as day
    from ordinary
),

listed_years as (select distinct plan_version, year(day) as listed_year from plan.holidays),

working_days as (
    select days.plan_version, days.month, days.day
    from days
    left join listed_years on days.plan_version = listed_years.plan_version and year(days.day) = listed_year
    left join plan.holidays as holidays
        on days.plan_version = holidays.plan_version and days.day = holidays.day
    where
        listed_year is null
        or coalesce(holidays.kind = 'workday', isodow(days.day) < 6)
)

select plan_version, strftime(month, '%Y-%m') as period, min(day) as deadline
from working_days
group by plan_version, month;

-- The obligations that follow from each version of the plan: every figure that somebody owes, and by which day.
create or replace view plan.figures_due as
with

districts as (select plan_version, value as area_code from plan.settings where key = 'area_code')

select
    indicators.plan_version,
    indicators.organization_code,
    indicators.indicator_code,
    areas.area_code,
    deadlines.period,
    coalesce(extensions.deadline, deadlines.deadline) as deadline
from plan.indicators as indicators
inner join plan.deadlines as deadlines using (plan_version)
inner join districts using (plan_version)
inner join plan.areas as areas
    on
        areas.plan_version = indicators.plan_version
        and if(
            indicators.reporting_level = 'subdistrict', areas.level = 'subdistrict', areas.area_code = districts.area_code
        )
left join plan.extensions as extensions
    on
        extensions.plan_version = indicators.plan_version
        and extensions.organization_code = indicators.organization_code
        and extensions.period = deadlines.period
where
    indicators.organization_code is not null
    and case indicators.frequency
        when 'monthly' then true
        when 'quarterly' then right(deadlines.period, 2) in ('03', '06', '09', '12')
        when 'annual' then right(deadlines.period, 2) = '12'
    end;

create or replace view plan.current_figures_due as
select rows.* exclude (plan_version) from plan.figures_due as rows semi join plan.current_version using (plan_version);
