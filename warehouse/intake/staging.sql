-- One batch's rows as texts, exactly as sent. A batch larger than the memory allowed goes on by disk.

set memory_limit = '1200MB';
set preserve_insertion_order = false;

create or replace temp table raw_rows (
    row_id bigint,
    delivery integer,
    sheet varchar,
    row_number bigint,
    width integer,
    cells integer,
    other varchar,
    period varchar,
    indicator_code varchar,
    indicator_name varchar,
    area_code varchar,
    value varchar,
    numerator varchar,
    denominator varchar,
    ytd_value varchar,
    remark varchar,
    unit varchar
);
