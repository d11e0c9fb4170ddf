-- The rows that are not plainly sound, their texts read as what they claim to be. `class`: data, blank, non_data
-- (totals and notes), or void where the whole file was refused.

create or replace temp table staged_rows as
with raw as (
    select *
    from raw_rows
),

sent as (
    select
        raw.row_id,
        raw.delivery,
        raw.sheet,
        raw.row_number,
        raw.width,
        raw.cells,
        blank_as_null(raw.other) as other_text,
        blank_as_null(raw.period) as period_text,
        blank_as_null(narrowed(raw.indicator_code)) as indicator_code,
        blank_as_null(raw.indicator_name) as indicator_name,
        blank_as_null(narrowed(raw.area_code)) as area_text,
        blank_as_null(raw.value) as value_text,
        blank_as_null(raw.numerator) as numerator_text,
        blank_as_null(raw.denominator) as denominator_text,
        blank_as_null(raw.ytd_value) as ytd_text,
        blank_as_null(raw.remark) as remark,
        blank_as_null(raw.unit) as unit_text
    from raw
),

led as (
    select
        *,
        coalesce(other_text, period_text, indicator_code, indicator_name, area_text) as leading_text
    from sent
),

classed as (
    select
        led.*,
        catalogue.indicator_number,
        catalogue.aggregation,
        catalogue.reported_as,
        case
            when
                coalesce(leading_text, value_text, numerator_text, denominator_text, ytd_text, remark, unit_text) is null
                then 'blank'
            when readings.is_void then 'void'
            when catalogue.indicator_code is not null then 'data'
            when is_total(indicator_code) then 'non_data'
            when
                indicator_code is null
                and (
                    is_total(leading_text) or is_total(period_text) or is_total(indicator_name) or is_total(area_text)
                    or is_note(leading_text)
                )
                then 'non_data'
            when is_note(indicator_code) and period_text is null then 'non_data'
            else 'data'
        end as class
    from led
    inner join readings using (delivery)
    -- What names an indicator is no total and no note; most rows do.
    left join catalogue using (indicator_code)
)

select
    classed.* exclude (indicator_number, aggregation, reported_as),
    place_of(classed.indicator_number, areas.area_number) as place,
    periods.period,
    periods.month,
    coalesce(classed.area_text, district.area_code) as area_code,
    figure_of(classed.value_text, figure.figure) as value,
    figure_of(classed.numerator_text, numerators.figure) as numerator,
    figure_of(classed.denominator_text, denominators.figure) as denominator,
    figure_of(classed.ytd_text, totals.figure) as ytd_value,
    -- A running total: said of a series of totals, or alone beside no figure of the month.
    case
        when kind_of(classed.remark) <> 'figure' then kind_of(classed.remark)
        when classed.aggregation in ('sum', 'ratio') and classed.reported_as = 'year_to_date' then 'total'
        when classed.aggregation = 'sum' and classed.value_text is null and classed.ytd_text is not null then 'total'
        else 'figure'
    end as kind
from classed
cross join district
left join period_texts as periods on classed.period_text = periods.text
left join areas on coalesce(classed.area_text, district.area_code) = areas.area_code
left join number_texts as figure on classed.value_text = figure.text
left join number_texts as numerators on classed.numerator_text = numerators.text
left join number_texts as denominators on classed.denominator_text = denominators.text
left join number_texts as totals on classed.ytd_text = totals.text;

drop table raw_rows;
