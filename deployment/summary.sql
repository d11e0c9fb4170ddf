-- What the ledger has taken in, in one row.
with

submissions as (select * from ledger.submissions),

refused_rows as (select * from ledger.refusals),

by_rule as (
    select rule, count(*) as rows_refused
    from refused_rows
    group by rule
),

rules as (
    select string_agg(rule || ' ' || rows_refused, ', ' order by rows_refused desc, rule) as refused_by_rule
    from by_rule
),

totals as (
    select
        count(*) as files,
        count(*) filter (status = 'accepted') as files_accepted,
        count(*) filter (status = 'accepted_in_part') as files_accepted_in_part,
        count(*) filter (status = 'refused') as files_refused,
        coalesce(sum(rows_accepted), 0)::bigint as rows_accepted,
        coalesce(sum(rows_warned), 0)::bigint as rows_warned,
        coalesce(sum(rows_refused), 0)::bigint as rows_refused
    from submissions
)

select totals.*, rules.refused_by_rule
from totals
cross join rules
