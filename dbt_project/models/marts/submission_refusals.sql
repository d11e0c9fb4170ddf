with

findings as (
    select * from {{ ref('stg_findings') }}
),

submission_rounds as (
    select * from {{ ref('stg_submission_rounds') }}
),

organizations as (
    select * from {{ ref('stg_organizations') }}
),

-- A sound file with figures outside the plan's months alone is about no month: every edition has its warnings.
numbered as (
    select
        findings.*,
        submission_rounds.due_period,
        row_number() over (
            partition by findings.submission_id
            order by
                findings.outcome, findings.sheet, findings.row_number nulls first, findings.column_name,
                findings.rule, findings.text, findings.reason_zh
        ) as finding_number
    from findings
    left join submission_rounds using (submission_id)
    where coalesce(submission_rounds.due_period <= '{{ var("period") }}', true)
),

final as (
    select
        numbered.due_period as period,
        numbered.organization_code,
        organizations.name_zh as organization_name,
        numbered.submission_id,
        cast(numbered.finding_number as integer) as finding_number,
        numbered.outcome,
        numbered.received_at,
        {{ excerpt('numbered.file_name', var('longest_text')) }} as file_name,
        {{ excerpt('numbered.sheet', var('longest_text')) }} as sheet,
        numbered.row_number,
        {{ excerpt('numbered.column_name', var('longest_text')) }} as column_name,
        {{ excerpt('numbered.text', var('longest_text')) }} as text,
        numbered.rule,
        {{ excerpt('numbered.reason_zh', var('longest_words')) }} as reason_zh,
        {{ excerpt('numbered.reason_en', var('longest_words')) }} as reason_en,
        {{ excerpt('numbered.fix_zh', var('longest_words')) }} as fix_zh
    from numbered
    left join organizations using (organization_code)
)

select * from final
order by period, organization_code, received_at, submission_id, finding_number
