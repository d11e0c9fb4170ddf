create or replace table marts.edition_changes (
    period varchar not null,
    compared_with varchar not null,
    target_code varchar not null,
    window_start varchar not null,
    area_code varchar not null,
    indicator_code varchar not null,
    indicator_name varchar not null,
    unit varchar not null,
    is_new boolean not null,
    is_gone boolean not null,
    actual_before decimal(24, 6),
    actual_after decimal(24, 6),
    target_before decimal(24, 6),
    target_after decimal(24, 6),
    attainment_before decimal(24, 6),
    attainment_after decimal(24, 6),
    status_zh_before varchar,
    status_zh_after varchar,
    cause varchar not null,
    cause_zh varchar not null,
    submission_id varchar,
    organization_code varchar,
    file_name varchar,
    causes varchar not null
);

comment on table marts.edition_changes is
'One row for each figure or status of `indicator_progress` that differs from the edition before; none in the first edition.';
comment on column marts.edition_changes.period is 'The edition''s month, YYYY-MM.';
comment on column marts.edition_changes.compared_with is
'The edition before, as 2025-02/r1: when the gate looked at the month, the newest of the same month, else of the months before.';
comment on column marts.edition_changes.target_code is 'Code of the target.';
comment on column marts.edition_changes.window_start is 'First month of the target''s window, YYYY-MM.';
comment on column marts.edition_changes.area_code is 'Area that the target is for.';
comment on column marts.edition_changes.indicator_code is 'Code of the indicator.';
comment on column marts.edition_changes.indicator_name is 'Chinese name of the indicator.';
comment on column marts.edition_changes.unit is 'Unit of the figures.';
comment on column marts.edition_changes.is_new is 'Whether the edition before had no such row.';
comment on column marts.edition_changes.is_gone is 'Whether this edition has no such row any more.';
comment on column marts.edition_changes.actual_before is 'The figure in the edition before.';
comment on column marts.edition_changes.actual_after is 'The figure in this edition.';
comment on column marts.edition_changes.target_before is 'The target value in the edition before.';
comment on column marts.edition_changes.target_after is 'The target value in this edition.';
comment on column marts.edition_changes.attainment_before is 'Attainment in percent in the edition before.';
comment on column marts.edition_changes.attainment_after is 'Attainment in percent in this edition.';
comment on column marts.edition_changes.status_zh_before is 'The status in the edition before, in Chinese.';
comment on column marts.edition_changes.status_zh_after is 'The status in this edition, in Chinese.';
comment on column marts.edition_changes.cause is
'Why it differs: the cause with the greatest share of the change; where no share can be told, the first to arrive.';
comment on column marts.edition_changes.cause_zh is 'The cause in Chinese.';
comment on column marts.edition_changes.submission_id is 'The submission behind the cause; empty where there is none.';
comment on column marts.edition_changes.organization_code is 'Who sent this submission.';
comment on column marts.edition_changes.file_name is 'Name of its file.';
comment on column marts.edition_changes.causes is
'All causes in the order of arrival, as JSON: each with its submission, its rows, and its effect in the unit of the figures.';
