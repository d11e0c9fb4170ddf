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
    claimed_rate decimal(24, 6),
    remark varchar,
    recorded_at timestamp not null
);

-- Homes of before release 0.2 lack it.
alter table ledger.observations add column if not exists claimed_rate decimal(24, 6);

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

-- What a person decided that no rule can know: whether a series is of running totals, and the like.
create table if not exists ledger.rulings (
    ruling_id varchar not null,
    kind varchar not null,
    key varchar not null,
    verdict varchar not null,
    decided_by varchar not null,
    note varchar not null,
    decided_at timestamp not null
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
    description_zh varchar,
    reported_as varchar not null,
    lag_months integer not null,
    source_zh varchar
);

create table if not exists plan.indicator_reporters (
    plan_version varchar not null,
    indicator_code varchar not null,
    area_code varchar not null,
    organization_code varchar not null,
    from_period varchar not null,
    to_period varchar
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
    superseded_by varchar,
    after_window varchar not null
);

create table if not exists plan.target_values (
    plan_version varchar not null,
    target_code varchar not null,
    year integer not null,
    target_value decimal(24, 6) not null,
    upper_value decimal(24, 6)
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
    light varchar not null,
    pace varchar not null
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

create or replace view plan.current_indicator_reporters as
select rows.* exclude (plan_version)
from plan.indicator_reporters as rows
semi join plan.current_version using (plan_version);

create or replace view plan.current_targets as
select rows.* exclude (plan_version) from plan.targets as rows semi join plan.current_version using (plan_version);

-- By which day each monthly round of reports is due, from each version of the plan: the deadline_day of the next month,
-- moved on to a working day in a year whose days off are listed (no rest is longer than a month).
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

lags as (
    select plan_version, max(lag_months) as longest_lag
    from plan.indicators
    group by plan_version
),

-- After the last window the rounds go on until its last figure, with the longest lag, is due.
last_months as (
    select
        targets.plan_version,
        cast(max(cast(targets.window_end || '-01' as date)) + to_months(any_value(lags.longest_lag)) as date) as last_month
    from plan.targets as targets
    inner join lags using (plan_version)
    group by targets.plan_version
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

-- Which reported indicators each indicator rests on: itself, or all that it is derived from.
create or replace view plan.indicator_sources as
with recursive

inputs as (
    select
        plan_version,
        indicator_code,
        unnest(string_split(concat_ws(';', input_a, input_b), ';')) as input_code
    from plan.indicators
    where input_a is not null or input_b is not null
),

paths as (
    select
        plan_version,
        indicator_code,
        indicator_code as source_code
    from plan.indicators
    union
    select
        paths.plan_version,
        paths.indicator_code,
        inputs.input_code as source_code
    from paths
    inner join inputs on paths.plan_version = inputs.plan_version and paths.source_code = inputs.indicator_code
)

select
    paths.plan_version,
    paths.indicator_code,
    paths.source_code
from paths
inner join plan.indicators as sources
    on paths.plan_version = sources.plan_version and paths.source_code = sources.indicator_code
where sources.input_a is null;

-- Up to which month each reported indicator is needed: until the last window ends of the targets that rest on it, or of
-- the whole plan where it is only monitored.
create or replace view plan.indicator_ends as
with

last_periods as (
    select plan_version, max(window_end) as last_period
    from plan.targets
    group by plan_version
),

-- A statement that merely repeats another target asks for nothing; one that was replaced did ask until then.
asking_targets as (
    select targets.*
    from plan.targets as targets
    left join plan.target_revisions as revisions using (plan_version, target_code)
    where targets.superseded_by is null or revisions.target_code is not null
),

targeted as (
    select
        sources.plan_version,
        sources.source_code as indicator_code,
        targets.window_end as last_period
    from asking_targets as targets
    inner join plan.indicator_sources as sources using (plan_version, indicator_code)
),

-- An indicator without any target, which no other indicator takes, is monitored as long as the plan runs.
monitored as (
    select
        sources.plan_version,
        sources.source_code as indicator_code,
        last_periods.last_period
    from plan.indicator_sources as sources
    inner join last_periods using (plan_version)
    anti join plan.targets as targets
        on sources.plan_version = targets.plan_version and sources.indicator_code = targets.indicator_code
    anti join (
        select plan_version, source_code from plan.indicator_sources
        where source_code <> indicator_code
    ) as derived
        on sources.plan_version = derived.plan_version and sources.indicator_code = derived.source_code
),

ends as (
    select * from targeted
    union all
    select * from monitored
)

select plan_version, indicator_code, max(last_period) as last_period
from ends
group by plan_version, indicator_code;

-- The obligations that follow from each version of the plan: every figure that somebody owes: `period` is the figure's
-- month, `due_period` the round in which it is due (later by the lag of what others publish; of a base the first round),
-- `deadline` its last day.
create or replace view plan.figures_due as
with

settings as (
    select
        plan_version,
        any_value(value) filter (where key = 'area_code') as district_code,
        any_value(value) filter (where key = 'reporting_starts') as first_period,
        cast(any_value(value) filter (where key = 'year_starts') as integer) as year_starts
    from plan.settings
    group by plan_version
),

frequencies as (
    from (values ('monthly', 1), ('quarterly', 3), ('annual', 12)) as frequencies (frequency, months_each)
),

asked as (
    select
        ends.plan_version,
        ends.indicator_code,
        deadlines.period as due_period,
        strftime(cast(deadlines.period || '-01' as date) - to_months(indicators.lag_months), '%Y-%m') as period,
        deadlines.deadline
    from plan.indicator_ends as ends
    inner join plan.indicators as indicators using (plan_version, indicator_code)
    inner join settings using (plan_version)
    inner join frequencies using (frequency)
    inner join plan.deadlines as deadlines
        on
            ends.plan_version = deadlines.plan_version
            and deadlines.period between
            strftime(cast(settings.first_period || '-01' as date) + to_months(indicators.lag_months), '%Y-%m')
            and strftime(cast(ends.last_period || '-01' as date) + to_months(indicators.lag_months), '%Y-%m')
            -- A quarter or a year of reports ends with its last month.
            and (
                month(cast(deadlines.period || '-01' as date) - to_months(indicators.lag_months))
                - settings.year_starts + 13
            ) % frequencies.months_each = 0
),

-- What a level or an increment starts from: the figure at its base period, of each reported level that it rests on.
bases as (
    select distinct
        indicators.plan_version,
        sources.source_code as indicator_code,
        if(
            length(indicators.base_period) = 4,
            strftime(
                cast(indicators.base_period || '-01-01' as date) + to_months(settings.year_starts + 10), '%Y-%m'
            ),
            indicators.base_period
        ) as period
    from plan.indicators as indicators
    inner join plan.indicator_sources as sources using (plan_version, indicator_code)
    inner join plan.indicators as reported
        on sources.plan_version = reported.plan_version and sources.source_code = reported.indicator_code
    inner join settings on indicators.plan_version = settings.plan_version
    left join plan.targets as targets
        on
            indicators.plan_version = targets.plan_version
            and indicators.indicator_code = targets.indicator_code
            and targets.pace = 'linear'
            and targets.superseded_by is null
    where
        indicators.base_period is not null
        and reported.aggregation in ('last', 'ratio_last')
        and (indicators.aggregation = 'increment' or targets.target_code is not null)
),

-- A base before the reports is due with the first of them.
asked_with_bases as (
    select * from asked
    union all
    select
        plan_version,
        indicator_code,
        min(asked.due_period) as due_period,
        bases.period,
        min_by(asked.deadline, asked.due_period) as deadline
    from bases
    inner join asked using (plan_version, indicator_code)
    inner join settings using (plan_version)
    where bases.period < settings.first_period
    group by plan_version, indicator_code, bases.period
)

select
    asked.plan_version,
    case
        when listed.indicator_code is null then indicators.organization_code
        else reporters.organization_code
    end as organization_code,
    asked.indicator_code,
    areas.area_code,
    asked.period,
    asked.due_period,
    coalesce(extensions.deadline, asked.deadline) as deadline
from asked_with_bases as asked
inner join plan.indicators as indicators using (plan_version, indicator_code)
inner join settings using (plan_version)
inner join plan.areas as areas
    on
        asked.plan_version = areas.plan_version
        and case indicators.reporting_level
            when 'subdistrict' then areas.level = 'subdistrict'
            else areas.area_code = settings.district_code
        end
left join (select distinct plan_version, indicator_code from plan.indicator_reporters) as listed
    on asked.plan_version = listed.plan_version and asked.indicator_code = listed.indicator_code
left join plan.indicator_reporters as reporters
    on
        asked.plan_version = reporters.plan_version
        and asked.indicator_code = reporters.indicator_code
        and areas.area_code = reporters.area_code
        and asked.period between reporters.from_period and coalesce(reporters.to_period, '9999-12')
left join plan.extensions as extensions
    on
        asked.plan_version = extensions.plan_version
        and extensions.organization_code = case
            when listed.indicator_code is null then indicators.organization_code
            else reporters.organization_code
        end
        and asked.due_period = extensions.period
where
    case
        when listed.indicator_code is null then indicators.organization_code
        else reporters.organization_code
    end is not null;

create or replace view plan.current_figures_due as
select rows.* exclude (plan_version) from plan.figures_due as rows semi join plan.current_version using (plan_version);

-- Series of months' figures that look like running totals: in one reporting year four months or more in a row, each
-- above the one before, the newest at least twice the first. Their figures wait for a person's ruling.
create or replace view ledger.cumulative_series as
with

years as (
    select cast(value as integer) as year_starts
    from plan.current_settings
    where key = 'year_starts'
),

summed as (
    select indicator_code
    from plan.current_indicators
    where aggregation = 'sum' and frequency = 'monthly'
),

newest as (
    select observations.*
    from ledger.observations as observations
    semi join summed using (indicator_code)
    qualify row_number() over (
        partition by observations.indicator_code, observations.area_code, observations.period
        order by observations.sequence desc, observations.row_number desc
    ) = 1
),

figures as (
    select
        newest.indicator_code,
        newest.area_code,
        newest.value,
        12 * cast(left(newest.period, 4) as integer) + cast(right(newest.period, 2) as integer) - 1 as month,
        (month - years.year_starts + 1) // 12 as reporting_year
    from newest
    cross join years
    where newest.kind = 'figure'
),

steps as (
    select
        *,
        coalesce(
            lag(month) over by_month <> month - 1 or lag(value) over by_month >= value, true
        ) as begins_a_run
    from figures
    window by_month as (partition by indicator_code, area_code, reporting_year order by month)
),

runs as (
    select
        *,
        count(*) filter (where begins_a_run) over (
            partition by indicator_code, area_code, reporting_year order by month
        ) as run
    from steps
),

rising as (
    select
        indicator_code,
        area_code,
        reporting_year
    from runs
    group by indicator_code, area_code, reporting_year, run
    having count(*) >= 4 and min(value) > 0 and max(value) >= 2 * min(value)
)

select distinct
    indicator_code,
    area_code,
    reporting_year,
    concat_ws('/', indicator_code, area_code, reporting_year) as key
from rising;
