-- The public variant's own mart: what it withholds, how far and why.
create table marts.withheld (
    indicator_code varchar not null,
    scope varchar not null,
    reason varchar not null,
    reason_zh varchar not null,
    floor integer not null
);

comment on table marts.withheld is 'One row for each indicator of which this public variant withholds figures.';
comment on column marts.withheld.indicator_code is 'Code of the indicator.';
comment on column marts.withheld.scope is 'parts: its figures below the district; whole: all of its figures.';
comment on column marts.withheld.reason is 'small_part, small_total, lone_part, changed_total, related or earlier.';
comment on column marts.withheld.reason_zh is 'The reason in Chinese.';
comment on column marts.withheld.floor is 'Counts of persons from 1 to below this are small.';
