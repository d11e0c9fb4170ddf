-- What the rules ask: rows beside the plan, and the numbers that need a second look.

create or replace temp view data_rows as
select
    staged_rows.*,
    catalogue.* exclude (indicator_code, indicator_number),
    areas.level as area_level,
    arrivals.organization_code,
    strftime(arrivals.received_at, '%Y-%m') as received_in,
    staged_rows.numerator_text is not null or staged_rows.denominator_text is not null as has_parts
from staged_rows
inner join arrivals using (delivery)
left join catalogue using (indicator_code)
left join areas using (area_code)
where staged_rows.class = 'data' and staged_rows.cells is null;

-- The cells of rows in which one may not be what a person sees in it.
create or replace temp view text_cells as
unpivot (
    select
        row_id,
        other_text as other,
        period_text as period,
        indicator_code,
        indicator_name,
        area_text as area_code,
        area_name,
        value_text as value,
        numerator_text as numerator,
        denominator_text as denominator,
        ytd_text as ytd_value,
        claimed_text as claimed_rate,
        reason,
        measure,
        promised_text as promised_on,
        responsible,
        contact,
        remark,
        unit_text as unit
    from staged_rows
    where
        class = 'data'
        and regexp_matches(
            concat_ws(
                '|', other_text, period_text, indicator_code, indicator_name, area_text, area_name, value_text,
                numerator_text, denominator_text, ytd_text, claimed_text, reason, measure, promised_text, responsible,
                contact, remark, unit_text
            ),
            '〔显示为|（公式没有|[\r\n]'
        )
)
on columns(* exclude (row_id))
into name column_name value text;

-- The words for the supervision ledger, one row each; a date is read by itself.
create or replace temp view explanation_cells as
unpivot (
    select
        row_id,
        reason,
        measure,
        responsible,
        contact
    from data_rows
    where has_explanation
)
on columns(* exclude (row_id))
into name column_name value text;

create or replace temp table number_cells as
with cells as (
    unpivot (
        select
            row_id,
            value_text as value,
            numerator_text as numerator,
            denominator_text as denominator,
            ytd_text as ytd_value,
            claimed_text as claimed_rate
        from staged_rows
        where class = 'data' and cells is null and exists (select 1 from number_texts)
    )
    on value, numerator, denominator, ytd_value, claimed_rate
    into name column_name value text
)

select
    cells.row_id,
    cells.column_name,
    cells.text,
    number_texts.fault,
    number_texts.is_percent,
    number_texts.is_rounded,
    number_texts.is_as_shown
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
