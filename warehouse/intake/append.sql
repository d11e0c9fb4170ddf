-- The batch's decisions, into the ledger: run inside one transaction.

-- Whoever lost his turn as the ledger's writer, in a lakehouse whose database dropped him, stops here.
select error('another writer has taken in files meanwhile')
from ledger.submissions
where sequence >= (select min(arrivals.sequence) from arrivals);

insert into ledger.observations by name
select * exclude (row_id, delivery)
from accepted_rows;

insert into ledger.refusals by name
select * exclude (severity)
from worded_findings
where severity = 'refuse'
order by sequence, sheet, row_number nulls first;

insert into ledger.warnings by name
select * exclude (severity)
from worded_findings
where severity = 'warn'
order by sequence, sheet, row_number nulls first;

insert into ledger.submissions by name
with findings_by_row as (
    select
        row_id,
        bool_or(rules.severity = 'refuse') as is_refused
    from findings
    inner join rules on findings.rule = rules.code
    group by row_id
),

staged as (
    select
        staged_rows.delivery,
        count(*) as rows_staged,
        count(*) filter (class = 'blank') as rows_blank,
        count(*) filter (class = 'non_data') as rows_non_data,
        count(*) filter (class = 'void' or coalesce(is_refused, false)) as rows_refused,
        count(*) filter (class = 'data' and not is_refused) as rows_warned,
        count(*) filter (class = 'data' and is_refused is null) as rows_accepted,
        bool_or(class = 'data' and contains(remark, '样例数据')) as is_sample
    from staged_rows
    left join findings_by_row using (row_id)
    group by staged_rows.delivery
),

counted as (
    select
        arrivals.*,
        coalesce(staged.rows_staged, 0) + blank + non_data + refused as rows_read,
        coalesce(staged.rows_accepted, 0) as rows_accepted,
        coalesce(staged.rows_warned, 0) as rows_warned,
        coalesce(staged.rows_refused, 0) + refused as rows_refused,
        coalesce(staged.rows_blank, 0) + blank as rows_blank,
        coalesce(staged.rows_non_data, 0) + non_data as rows_non_data,
        readings.format,
        readings.is_sample or coalesce(staged.is_sample, false) as is_sample
    from arrivals
    inner join readings using (delivery)
    left join staged using (delivery)
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
        when rows_accepted + rows_warned = 0 then 'refused'
        when rows_refused > 0 then 'accepted_in_part'
        else 'accepted'
    end as status,
    is_sample,
    rows_read,
    rows_accepted,
    rows_warned,
    rows_refused,
    rows_blank,
    rows_non_data
from counted
order by sequence;
