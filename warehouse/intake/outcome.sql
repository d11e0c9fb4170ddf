-- What a judged batch leads to in each table of the ledger, as views: `new_observations`, `new_explanations`, `new_refusals`,
-- `new_warnings` and `new_submissions`.

-- Figures of bytes that are judged again and say what is in force already: they leave no observation.
create or replace temp table in_force as
with stated_again as (
    select
        figures.row_id,
        catalogue.indicator_code,
        areas.area_code,
        period_of(figures.month) as period,
        figures.kind,
        figures.amount,
        coalesce(figures.ytd_value, 0) as ytd_value
    from accepted_figures as figures
    inner join sources on source_of(figures.row_id) = sources.source
    inner join arrivals using (delivery)
    inner join catalogue on indicator_of(figures.place) = catalogue.indicator_number
    inner join areas on area_of(figures.place) = areas.area_number
    where contains(arrivals.submission_id, '-')
),

newest as (
    select observations.*
    from ledger.observations as observations
    semi join stated_again using (indicator_code, area_code, period)
    qualify row_number() over (
        partition by observations.indicator_code, observations.area_code, observations.period
        order by observations.sequence desc, observations.row_number desc
    ) = 1
)

select stated_again.row_id
from stated_again
inner join newest using (indicator_code, area_code, period, kind)
where
    stated_again.amount is not distinct from coalesce(newest.value, newest.numerator)
    and stated_again.ytd_value = coalesce(newest.ytd_value, 0);

create or replace temp view new_observations as
with months as (
    select distinct
        month,
        period
    from period_texts
    where month is not null
)

select
    arrivals.submission_id,
    arrivals.sequence,
    sources.table_name as sheet,
    number_of(plain.row_id) as row_number,
    arrivals.organization_code,
    catalogue.indicator_code,
    areas.area_code,
    months.period,
    'figure' as kind,
    plain.value,
    plain.ytd_value,
    arrivals.received_at as recorded_at
from plain_accepted as plain
inner join sources on source_of(plain.row_id) = sources.source
inner join arrivals using (delivery)
inner join catalogue on indicator_of(plain.place) = catalogue.indicator_number
inner join areas on area_of(plain.place) = areas.area_number
inner join months using (month)
anti join in_force using (row_id)
union all by name
select * exclude (row_id, place, month)
from accepted_rows
anti join in_force using (row_id);

-- What departments say of targets that lag or are silent, with a figure or without; a cell that was not taken is empty.
create or replace temp view new_explanations as
with not_taken as (
    select
        row_id,
        list(column_name) as columns
    from findings
    where rule in ('explanation_too_long', 'explanation_is_formula')
    group by row_id
),

explained as (
    select
        arrivals.submission_id,
        arrivals.sequence,
        sources.table_name as sheet,
        staged.row_number,
        arrivals.organization_code,
        staged.indicator_code,
        staged.area_code,
        staged.period,
        if(coalesce(list_contains(not_taken.columns, 'reason'), false), null, staged.reason) as reason,
        if(coalesce(list_contains(not_taken.columns, 'measure'), false), null, staged.measure) as measure,
        staged.promised_on,
        if(coalesce(list_contains(not_taken.columns, 'responsible'), false), null, staged.responsible) as responsible,
        if(coalesce(list_contains(not_taken.columns, 'contact'), false), null, staged.contact) as contact,
        arrivals.received_at as recorded_at
    from staged_rows as staged
    anti join refused using (row_id)
    inner join sources on source_of(staged.row_id) = sources.source
    inner join arrivals on staged.delivery = arrivals.delivery
    left join not_taken on staged.row_id = not_taken.row_id
    where staged.class = 'data' and staged.cells is null and staged.has_explanation
)

select *
from explained
where coalesce(reason, measure, cast(promised_on as varchar), responsible, contact) is not null;

create or replace temp view new_refusals as
select * exclude (severity)
from worded_findings
where severity = 'refuse'
order by sequence, sheet, row_number nulls first;

create or replace temp view new_warnings as
select * exclude (severity)
from worded_findings
where severity = 'warn'
order by sequence, sheet, row_number nulls first;

create or replace temp view new_submissions as
with findings_by_row as (
    select
        findings.row_id,
        bool_or(rules.severity = 'refuse') as is_refused
    from findings
    inner join rules on findings.rule = rules.code
    group by findings.row_id
),

found as (
    select
        sources.delivery,
        count(*) filter (is_refused) as rows_refused,
        count(*) filter (not is_refused) as rows_warned
    from findings_by_row
    inner join sources on source_of(findings_by_row.row_id) = sources.source
    group by sources.delivery
),

staged as (
    select
        delivery,
        count(*) filter (class = 'data') as rows_data,
        count(*) filter (class = 'void') as rows_void,
        count(*) filter (class = 'blank') as rows_blank,
        count(*) filter (class = 'non_data') as rows_non_data,
        bool_or(class = 'data' and contains(remark, '样例数据')) as is_sample
    from staged_rows
    group by delivery
),

counted as (
    select
        arrivals.*,
        readings.format,
        coalesce(plain_counts.rows_plain, 0) + coalesce(staged.rows_data, 0) as rows_data,
        coalesce(found.rows_warned, 0) as rows_warned,
        coalesce(found.rows_refused, 0) as rows_refused,
        coalesce(staged.rows_void, 0) + coalesce(voided_rows.rows_voided, 0) + readings.refused as rows_void,
        coalesce(staged.rows_blank, 0) + readings.blank as rows_blank,
        coalesce(staged.rows_non_data, 0) + readings.non_data as rows_non_data,
        arrivals.delivery in (
            select file_findings.delivery
            from file_findings
            inner join rules on file_findings.rule = rules.code
            where rules.severity = 'refuse'
        ) as has_refused_sheet,
        readings.is_sample or coalesce(staged.is_sample, false) as is_sample
    from arrivals
    inner join readings using (delivery)
    left join plain_counts using (delivery)
    left join staged using (delivery)
    left join found using (delivery)
    left join voided_rows using (delivery)
)

select
    submission_id,
    sequence,
    organization_code,
    file_name,
    sha256,
    size_bytes,
    format,
    received_at,
    case
        when rows_data = rows_refused then 'refused'
        when rows_refused + rows_void > 0 or has_refused_sheet then 'accepted_in_part'
        else 'accepted'
    end as status,
    is_sample,
    rows_data + rows_void + rows_blank + rows_non_data as rows_read,
    rows_data - rows_refused - rows_warned as rows_accepted,
    rows_warned,
    rows_refused + rows_void as rows_refused,
    rows_blank,
    rows_non_data
from counted
order by sequence;
