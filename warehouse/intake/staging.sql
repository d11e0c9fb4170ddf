-- Where one batch's rows stand while they are judged. A batch larger than the memory allowed goes on by disk.
-- row_id is the source's number times 2^32 plus the row's number in it, so it says where the row stands.

set memory_limit = '1200MB';
set preserve_insertion_order = false;

-- A source is one table of a sheet of one file; its name is the sheet's, and the column where a sheet has several in
-- the same rows. Its header may name the month of all its figures.
create or replace temp table sources (
    source bigint,
    delivery integer,
    sheet varchar,
    table_name varchar,
    names_month boolean,
    width integer,
    value_unit varchar,
    ytd_unit varchar,
    parts_unit varchar,
    is_delimited boolean
);

create or replace temp table period_texts (
    text varchar,
    period varchar,
    month integer
);

-- Rows that are plainly sound, as numbers: a place is an indicator in an area, a month is counted.
create or replace temp table plain_rows (
    row_id bigint,
    place bigint,
    month integer,
    value decimal(18, 6),
    ytd_value decimal(18, 6)
);

-- All other rows as texts, exactly as sent.
create or replace temp table raw_rows (
    row_id bigint,
    delivery integer,
    sheet varchar,
    row_number bigint,
    names_month boolean,
    width integer,
    cells integer,
    other varchar,
    period varchar,
    indicator_code varchar,
    indicator_name varchar,
    area_code varchar,
    area_name varchar,
    value varchar,
    numerator varchar,
    denominator varchar,
    ytd_value varchar,
    claimed_rate varchar,
    reason varchar,
    measure varchar,
    promised_on varchar,
    responsible varchar,
    contact varchar,
    remark varchar,
    unit varchar,
    value_unit varchar,
    ytd_unit varchar,
    parts_unit varchar,
    is_delimited boolean
);
