with withdrawals as (
    select *
    from accepted_rows
    where kind = 'withdrawal'
),

before as (
    select
        withdrawals.row_id,
        arg_max(statements.kind, statements.row_id) as kind
    from withdrawals
    inner join accepted_figures as statements using (place, month)
    where statements.row_id < withdrawals.row_id
    group by withdrawals.row_id
),

earlier as (
    select
        withdrawals.row_id,
        arg_max(statements.kind, statements.sequence) as kind
    from withdrawals
    inner join earlier_figures as statements using (place, month)
    group by withdrawals.row_id
)

select
    withdrawals.row_id,
    'remark' as column_name,
    withdrawals.remark as text,
    null as expected,
    null as actual
from withdrawals
left join before using (row_id)
left join earlier using (row_id)
where coalesce(before.kind, earlier.kind, 'withdrawal') = 'withdrawal'
