-- What intake refused or warned of, in submissions that were received by the day of the build.
with

refusals as (
    select * from {{ source('ledger', 'refusals') }}
),

warnings as (
    select * from {{ source('ledger', 'warnings') }}
),

submissions as (
    select * from {{ source('ledger', 'submissions') }}
),

findings as (
    select
        *,
        'refused' as outcome
    from refusals
    union all
    select
        *,
        'warned' as outcome
    from warnings
),

final as (
    select
        findings.submission_id,
        submissions.organization_code,
        submissions.file_name,
        submissions.received_at,
        findings.outcome,
        findings.sheet,
        findings.row_number,
        findings.column_name,
        findings.text,
        findings.rule,
        findings.reason_zh,
        findings.reason_en,
        findings.fix_zh
    from findings
    inner join submissions using (submission_id)
    where {{ known('submissions.received_at') }}
)

select * from final
