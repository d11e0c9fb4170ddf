-- What the rules ask: sound rows beside the plan, the numbers that need a second look, rows that share a key.

create or replace temp table catalogue as
select
    indicator_code,
    name_zh,
    name_en,
    unit,
    aggregation,
    numerator_name_zh,
    denominator_name_zh,
    scale,
    organization_code as owner_code,
    reporting_level,
    frequency,
    value_min,
    value_max,
    decimals,
    aggregation in ('ratio', 'ratio_last') as is_ratio,
    aggregation in ('growth', 'multiple', 'increment', 'quotient', 'difference') as is_derived
from plan.current_indicators;

create or replace temp view data_rows as
select
    staged_rows.*,
    catalogue.* exclude (indicator_code),
    areas.level as area_level,
    arrivals.organization_code,
    strftime(arrivals.received_at, '%Y-%m') as received_in,
    staged_rows.numerator_text is not null or staged_rows.denominator_text is not null as has_parts
from staged_rows
inner join arrivals using (delivery)
left join catalogue using (indicator_code)
left join plan.current_areas as areas using (area_code)
where staged_rows.class = 'data' and staged_rows.cells is null;

create or replace temp table number_cells as
with cells as (
    unpivot (
        select
            row_id,
            value_text as value,
            numerator_text as numerator,
            denominator_text as denominator,
            ytd_text as ytd_value
        from staged_rows
        where class = 'data' and cells is null and exists (select 1 from number_texts)
    )
    on value, numerator, denominator, ytd_value
    into name column_name value text
)

select
    cells.row_id,
    cells.column_name,
    cells.text,
    number_texts.fault,
    number_texts.is_percent,
    number_texts.is_rounded
from cells
inner join number_texts using (text);

create or replace temp table findings (
    row_id bigint,
    rule varchar,
    column_name varchar,
    text varchar,
    expected varchar,
    actual varchar
);
