-- Files and rows by outcome, and when the newest file came. A file whose rows are known already counts as a file only.
with

files as (
    select
        'files' as metric,
        status as outcome,
        count(*) as number,
        max(received_at) as newest
    from ledger.submissions
    group by all
),

rows_by_outcome as (
    unpivot (
        select
            coalesce(sum(rows_accepted), 0) as accepted,
            coalesce(sum(rows_warned), 0) as warned,
            coalesce(sum(rows_refused), 0) as refused
        from ledger.submissions
        where status <> 'duplicate'
    )
    on accepted, warned, refused
    into name outcome value number
)

select * from files
union all by name
select
    'rows' as metric,
    outcome,
    number
from rows_by_outcome
order by all
