-- Every finding of the batch in the words of its rule, the file's own headings, and the place in the file.

create or replace temp table worded_findings as
with of_rows as (
    select
        sources.delivery,
        sources.sheet,
        number_of(findings.row_id) as row_number,
        findings.rule,
        coalesce(headings.heading, columns.name_zh) as column_name,
        findings.text,
        findings.expected,
        findings.actual
    from findings
    inner join sources on source_of(findings.row_id) = sources.source
    left join columns on findings.column_name = columns.column_name
    left join headings
        on
            findings.column_name = headings.column_name
            and sources.source = headings.source
),

of_files as (
    select
        delivery,
        sheet,
        row_number,
        rule,
        column_name,
        text,
        expected,
        actual
    from file_findings
),

without_rows as (
    select
        readings.delivery,
        '' as sheet,
        null as row_number,
        'no_rows' as rule,
        null as column_name,
        null as text,
        null as expected,
        null as actual
    from readings
    where
        not readings.is_void
        and readings.delivery not in (select delivery from staged_rows where class = 'data')
        and readings.delivery not in (select delivery from plain_counts)
),

templates as (
    select
        readings.delivery,
        '' as sheet,
        null as row_number,
        case
            when readings.template_organization <> arrivals.organization_code then 'template_of_another'
            else 'template_outdated'
        end as rule,
        null as column_name,
        readings.template_organization as text,
        arrivals.organization_code as expected,
        null as actual
    from readings
    inner join arrivals using (delivery)
    cross join plan.current_version
    where
        readings.template_organization <> arrivals.organization_code
        or readings.template_plan <> left(current_version.plan_version, 12)
),

placed as (
    select * from of_rows
    union all
    select * from of_files
    union all
    select * from without_rows
    union all
    select * from templates
)

select
    arrivals.submission_id,
    arrivals.sequence,
    placed.sheet,
    placed.row_number,
    placed.column_name,
    placed.text,
    placed.rule,
    filled(rules.message_zh, placed) as reason_zh,
    filled(rules.message_en, placed) as reason_en,
    filled(rules.fix_zh, placed) as fix_zh,
    rules.severity
from placed
inner join arrivals using (delivery)
inner join rules on placed.rule = rules.code;
