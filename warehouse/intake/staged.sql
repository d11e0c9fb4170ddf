-- The rows that are not plainly sound, their texts read as what they claim to be. `class`: data, blank, non_data
-- (totals and notes), or void where the whole file was refused.

-- How many of the indicator's unit each unit sent is; none where it is another unit.
create or replace temp table unit_factors as
with sent_units as (
    select distinct
        catalogue.unit,
        unnest([raw_rows.unit, raw_rows.value_unit, raw_rows.ytd_unit]) as sent
    from raw_rows
    inner join catalogue on narrowed(raw_rows.indicator_code) = catalogue.indicator_code
)

select
    unit,
    sent,
    unit_factor(sent, unit) as factor
from sent_units
where sent is not null and sent <> '';

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
        raw.names_month,
        raw.width,
        raw.cells,
        blank_as_null(raw.other) as other_text,
        blank_as_null(raw.period) as period_text,
        blank_as_null(narrowed(raw.indicator_code)) as indicator_code,
        blank_as_null(raw.indicator_name) as indicator_name,
        blank_as_null(narrowed(raw.area_code)) as area_text,
        blank_as_null(raw.area_name) as area_name,
        blank_as_null(raw.value) as value_text,
        blank_as_null(raw.numerator) as numerator_text,
        blank_as_null(raw.denominator) as denominator_text,
        blank_as_null(raw.ytd_value) as ytd_text,
        blank_as_null(raw.claimed_rate) as claimed_text,
        blank_as_null(raw.reason) as reason,
        blank_as_null(raw.measure) as measure,
        blank_as_null(raw.promised_on) as promised_text,
        blank_as_null(raw.responsible) as responsible,
        blank_as_null(raw.contact) as contact,
        blank_as_null(raw.remark) as remark,
        blank_as_null(raw.unit) as unit_text,
        raw.value_unit,
        raw.ytd_unit,
        raw.parts_unit,
        raw.is_delimited
    from raw
),

led as (
    select
        *,
        coalesce(
            other_text, period_text, indicator_code, indicator_name, area_text, area_name, value_text
        ) as leading_text,
        -- A row with a figure, or what should be one, and with words for what it is of, is no note.
        coalesce(value_text, numerator_text, ytd_text) as figure_text,
        -- What a department says of a target that lags or is silent.
        coalesce(reason, measure, promised_text, responsible, contact) is not null as has_explanation,
        (is_figure(figure_text) or (regexp_matches(narrowed(figure_text), '[0-9—–-]') and not is_note(figure_text)))
        and (
            indicator_code is not null
            or (indicator_name is not null and not is_note(indicator_name))
            or (period_text is not null and period_text <> leading_text)
            or period_text in (select period_texts.text from period_texts where period_texts.period is not null)
        ) as states_a_figure
    from sent
),

classed as (
    select
        led.*,
        catalogue.indicator_number,
        catalogue.aggregation,
        catalogue.reported_as,
        catalogue.unit,
        case
            when
                coalesce(
                    leading_text, value_text, numerator_text, denominator_text, ytd_text, claimed_text, remark, unit_text
                ) is null
                and not has_explanation
                then 'blank'
            when readings.is_void then 'void'
            when catalogue.indicator_code is not null then 'data'
            -- A note that took rows in is none.
            when coalesce(row_within(remark), row_within(other_text), row_within(leading_text)) is not null then 'data'
            -- A total that names one indicator is its figure without a code.
            when indicator_code is null and named.indicator_code is not null and states_a_figure then 'data'
            when is_total(indicator_code) and (indicator_name is null or is_total(indicator_name)) then 'non_data'
            when
                indicator_code is null
                and (
                    is_total(leading_text) or is_total(period_text) or is_total(indicator_name) or is_total(area_text)
                    or is_total(area_name)
                    or (is_note(leading_text) and not coalesce(states_a_figure, false))
                )
                then 'non_data'
            when
                is_note(indicator_code)
                and (period_text is null or names_month)
                and not coalesce(states_a_figure, false)
                then 'non_data'
            else 'data'
        end as class
    from led
    inner join readings using (delivery)
    -- What names an indicator is no total and no note; most rows do.
    left join catalogue using (indicator_code)
    left join indicator_names as named on letters(led.indicator_name) = named.name
)

select
    classed.* exclude (indicator_number, aggregation, reported_as, unit, states_a_figure),
    place_of(classed.indicator_number, areas.area_number) as place,
    periods.period,
    periods.month,
    -- An area by its name alone; a name that is nobody's is kept, and refused as an unknown area.
    coalesce(classed.area_text, area_names.area_code, classed.area_name, district.area_code) as area_code,
    -- Figures in a multiple or a part of the indicator's unit, exactly.
    in_unit(figure_of(classed.value_text, figure.figure), value_units.factor) as value,
    figure_of(classed.numerator_text, numerators.figure) as numerator,
    figure_of(classed.denominator_text, denominators.figure) as denominator,
    in_unit(figure_of(classed.ytd_text, totals.figure), ytd_units.factor) as ytd_value,
    figure_of(classed.claimed_text, claims.figure) as claimed_rate,
    days.day as promised_on,
    coalesce(classed.unit_text, classed.value_unit) as unit_of_value,
    coalesce(classed.unit_text, classed.ytd_unit) as unit_of_total,
    value_units.factor as value_factor,
    ytd_units.factor as ytd_factor,
    -- A running total: said of a series of totals, or alone beside no figure of the month.
    case
        when kind_of(classed.remark) <> 'figure' then kind_of(classed.remark)
        when
            classed.has_explanation
            and coalesce(classed.figure_text, classed.denominator_text, classed.claimed_text) is null
            then 'explanation'
        when classed.aggregation in ('sum', 'ratio') and classed.reported_as = 'year_to_date' then 'total'
        when classed.aggregation = 'sum' and classed.value_text is null and classed.ytd_text is not null then 'total'
        else 'figure'
    end as kind
from classed
cross join district
left join period_texts as periods on classed.period_text = periods.text
left join area_names on classed.area_text is null and letters(classed.area_name) = area_names.name
left join areas
    on coalesce(classed.area_text, area_names.area_code, classed.area_name, district.area_code) = areas.area_code
left join unit_factors as value_units
    on classed.unit = value_units.unit and coalesce(classed.unit_text, classed.value_unit) = value_units.sent
left join unit_factors as ytd_units
    on classed.unit = ytd_units.unit and coalesce(classed.unit_text, classed.ytd_unit) = ytd_units.sent
left join number_texts as figure on classed.value_text = figure.text
left join number_texts as numerators on classed.numerator_text = numerators.text
left join number_texts as denominators on classed.denominator_text = denominators.text
left join number_texts as totals on classed.ytd_text = totals.text
left join number_texts as claims on classed.claimed_text = claims.text
left join day_texts as days on classed.promised_text = days.text;

drop table raw_rows;
