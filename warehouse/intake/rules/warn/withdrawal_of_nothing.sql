with withdrawals as (
    select *
    from accepted_rows
    where kind = 'withdrawal'
),

statements as (
    select
        indicator_code,
        area_code,
        period,
        sequence,
        kind
    from ledger.observations
    union all
    select
        indicator_code,
        area_code,
        period,
        sequence,
        kind
    from accepted_rows
),

before as (
    select
        withdrawals.row_id,
        arg_max(statements.kind, statements.sequence) as kind
    from withdrawals
    inner join statements using (indicator_code, area_code, period)
    where statements.sequence < withdrawals.sequence
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
where before.kind is null or before.kind = 'withdrawal'
