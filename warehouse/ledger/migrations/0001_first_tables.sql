-- The tables of the first release: what was received, accepted, refused and decided, and the plan it was judged by.
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
