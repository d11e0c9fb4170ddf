-- What follows from the ledger's tables: made anew by each release that has other views. Written so that DuckDB 1.4 and later read
-- them (no function that one of them lacks).

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
        case
            when length(indicators.base_period) = 4
                then strftime(
                    cast(indicators.base_period || '-01-01' as date) + to_months(settings.year_starts + 10), '%Y-%m'
                )
            else indicators.base_period
        end as period
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

-- Each statement with the time in which it was in force: from `recorded_at` until `ended_at`, when a newer statement about
-- the same indicator, area and month was recorded (by the submission `ended_by`), a correction or a withdrawal. A clock
-- that was set back changes nothing: the order is that of arrival. `stated_since` is when the figure was first stated since
-- its last withdrawal: a correction does not make a figure late.
-- Of the given indicators and areas alone, so that a question about a few figures reads only these; NULL is all of them.
create or replace macro ledger.statements_about(indicator_codes, area_codes) as table
with

observations as not materialized (
    select *
    from ledger.observations
    where
        (indicator_codes is null or list_contains(indicator_codes, indicator_code))
        and (area_codes is null or list_contains(area_codes, area_code))
),

-- Most figures are stated once: only the others have an order to look at.
stated_again as not materialized (
    select indicator_code, area_code, period
    from observations
    group by indicator_code, area_code, period
    having count(*) > 1
),

followed as (
    select
        *,
        min(recorded_at) over newer as ended_at,
        arg_min(submission_id, recorded_at) over newer as ended_by,
        count(*) filter (where kind = 'withdrawal') over so_far as withdrawals
    from observations
    semi join stated_again using (indicator_code, area_code, period)
    window
        so_far as (partition by indicator_code, area_code, period order by sequence, row_number),
        newer as (
            partition by indicator_code, area_code, period
            order by sequence, row_number
            rows between 1 following and unbounded following
        )
)

select
    *,
    cast(null as timestamp) as ended_at,
    cast(null as varchar) as ended_by,
    case when kind <> 'withdrawal' then recorded_at end as stated_since
from observations
anti join stated_again using (indicator_code, area_code, period)
union all
select
    * exclude (withdrawals),
    min(recorded_at) filter (where kind <> 'withdrawal') over (
        partition by indicator_code, area_code, period, withdrawals
        order by sequence, row_number
    ) as stated_since
from followed;

create or replace view ledger.statements as
from ledger.statements_about(null, null);

-- The months that each statement answers for, by each version of the plan: its own month; and, where it is a running total of
-- what adds up, the months of its reporting year before it, of which nothing need be said then. A total is reported as
-- such, or a figure of a series that a person ruled to be totals, from the ruling on.
-- What is in force at the end of a day: the rows with `recorded_at` on or before it and no `ended_at` by then. A figure due
-- that none of these answers for is missing. `is_own` tells a statement of the month itself: only this can be on time,
-- namely when it was first stated (`answered_at`). `answer_period` is the month of the statement.
create or replace macro ledger.answers_about(indicator_codes, area_codes) as table
with

statements as not materialized (
    from ledger.statements_about(indicator_codes, area_codes)
    where kind <> 'withdrawal'
),

indicators as (from plan.indicators),

year_starts as (
    select plan_version, cast(value as integer) as year_starts
    from plan.settings
    where key = 'year_starts'
),

rulings as (
    select
        key,
        verdict,
        decided_at,
        lead(decided_at) over (partition by key order by decided_at, ruling_id) as ended_at
    from ledger.rulings
    where kind = 'cumulative'
),

figures_ruled as (
    select distinct string_split(key, '/')[1] as indicator_code
    from rulings
),

own as (
    select
        indicators.plan_version,
        statements.indicator_code,
        statements.area_code,
        statements.period as first_period,
        statements.period as last_period,
        true as is_own,
        statements.period as answer_period,
        statements.submission_id,
        statements.stated_since as answered_at,
        statements.recorded_at,
        statements.ended_at
    from statements
    inner join indicators using (indicator_code)
),

-- What may be a running total, with the first day of its reporting year.
candidates as (
    select
        statements.*,
        indicators.plan_version,
        cast(statements.period || '-01' as date) as first_day,
        make_date(
            cast(year(first_day - to_months(year_starts.year_starts - 1)) as integer), year_starts.year_starts, 1
        ) as year_start
    from statements
    inner join indicators using (indicator_code)
    inner join year_starts using (plan_version)
    left join figures_ruled using (indicator_code)
    where
        indicators.aggregation in ('sum', 'ratio')
        and (statements.kind in ('opening', 'total') or figures_ruled.indicator_code is not null)
),

ruled_totals as (
    select
        candidates.* replace (
            greatest(candidates.recorded_at, rulings.decided_at) as recorded_at,
            least(candidates.ended_at, rulings.ended_at) as ended_at
        )
    from candidates
    inner join rulings
        on
            rulings.key
            = concat_ws('/', candidates.indicator_code, candidates.area_code, year(candidates.year_start))
    where candidates.kind = 'figure' and rulings.verdict = 'totals'
),

totals as (
    select * from candidates
    where kind in ('opening', 'total')
    union all
    select * from ruled_totals
    where ended_at is null or recorded_at < ended_at
),

earlier_months as (
    select
        plan_version,
        indicator_code,
        area_code,
        strftime(year_start, '%Y-%m') as first_period,
        strftime(first_day - interval 1 month, '%Y-%m') as last_period,
        false as is_own,
        period as answer_period,
        submission_id,
        stated_since as answered_at,
        recorded_at,
        ended_at
    from totals
    where year_start < first_day
)

select * from own
union all
select * from earlier_months;

create or replace view ledger.answers as
from ledger.answers_about(null, null);

create or replace view ledger.current_answers as
select rows.* exclude (plan_version) from ledger.answers as rows semi join plan.current_version using (plan_version);

-- The round of reports that was being collected when each submission came: from the 25th of a month on, that month.
create or replace view ledger.open_rounds as
select submission_id, organization_code, strftime(received_at - interval 24 days, '%Y-%m') as open_round
from ledger.submissions;

-- The round of reports that each submission is about, by each version of the plan: the newest round of the plan that was
-- taken from it, else the round that was being collected when it came, or the plan's round next to it. A sound submission
-- with rows outside the plan alone is about none.
create or replace view ledger.submission_rounds as
with

submissions as (
    select submissions.*, open_rounds.open_round
    from ledger.submissions as submissions
    inner join ledger.open_rounds as open_rounds using (submission_id)
),

plan_rounds as (
    select plan_version, min(due_period) as first_round, max(due_period) as last_round
    from plan.figures_due
    group by plan_version
),

rounds_stated as (
    select
        indicators.plan_version,
        observations.submission_id,
        strftime(cast(observations.period || '-01' as date) + to_months(indicators.lag_months), '%Y-%m') as due_period
    from ledger.observations as observations
    inner join plan.indicators as indicators using (indicator_code)
),

newest_rounds as (
    select
        rounds_stated.plan_version,
        rounds_stated.submission_id,
        max(rounds_stated.due_period) as due_period
    from rounds_stated
    inner join plan_rounds
        on
            rounds_stated.plan_version = plan_rounds.plan_version
            and rounds_stated.due_period between plan_rounds.first_round and plan_rounds.last_round
    group by rounds_stated.plan_version, rounds_stated.submission_id
)

select
    plan_rounds.plan_version,
    submissions.submission_id,
    submissions.sequence,
    submissions.organization_code,
    submissions.received_at,
    submissions.status,
    submissions.rows_refused,
    coalesce(
        newest_rounds.due_period,
        greatest(plan_rounds.first_round, least(plan_rounds.last_round, submissions.open_round))
    ) as due_period
from submissions
cross join plan_rounds
left join newest_rounds
    on
        plan_rounds.plan_version = newest_rounds.plan_version
        and submissions.submission_id = newest_rounds.submission_id
where newest_rounds.due_period is not null or submissions.rows_refused > 0 or submissions.status = 'refused';

create or replace view ledger.current_submission_rounds as
select rows.* exclude (plan_version)
from ledger.submission_rounds as rows
semi join plan.current_version using (plan_version);
