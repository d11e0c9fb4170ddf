create or replace table marts.quality_results (
    period varchar not null,
    suite varchar not null,
    expectation varchar not null,
    description_zh varchar not null,
    severity varchar not null,
    result varchar not null,
    unexpected_count bigint not null,
    offending_rows varchar not null,
    message varchar,
    waived_by varchar,
    waiver_reason varchar,
    waived_until date
);

comment on table marts.quality_results is 'One row for each expectation of the gate.';
comment on column marts.quality_results.period is 'The month, YYYY-MM.';
comment on column marts.quality_results.suite is 'The table that the expectation is about.';
comment on column marts.quality_results.expectation is 'Id of the expectation in its suite.';
comment on column marts.quality_results.description_zh is 'What is expected, in Chinese.';
comment on column marts.quality_results.severity is 'critical blocks, warning needs a person, info annotates.';
comment on column marts.quality_results.result is 'passed, failed, error or waived.';
comment on column marts.quality_results.unexpected_count is 'Rows that broke it.';
comment on column marts.quality_results.offending_rows is 'Some of these rows, as JSON.';
comment on column marts.quality_results.message is 'What the gate observed, or why it could not look.';
comment on column marts.quality_results.waived_by is 'Who decided to publish all the same.';
comment on column marts.quality_results.waiver_reason is 'Why.';
comment on column marts.quality_results.waived_until is 'The last day on which the decision holds.';
