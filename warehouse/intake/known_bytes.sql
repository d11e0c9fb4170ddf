-- What the ledger knows of bytes that came before (`wanted`: organization_code, sha256): each submission that they were,
-- and whether all that the newest of them says is in force.
with

wanted as (from wanted),

submissions as (
    select submissions.*
    from ledger.submissions as submissions
    semi join wanted using (organization_code, sha256)
),

newest as (
    select *
    from submissions
    qualify row_number() over (partition by organization_code, sha256 order by sequence desc) = 1
),

statements as (
    select
        observations.submission_id,
        observations.indicator_code,
        observations.area_code,
        observations.period,
        observations.sequence
    from ledger.observations as observations
    semi join newest using (submission_id)
),

explanations as (
    select
        explanations.submission_id,
        explanations.indicator_code,
        explanations.area_code,
        explanations.period,
        explanations.sequence
    from ledger.explanations as explanations
    semi join newest using (submission_id)
),

replaced as (
    select distinct statements.submission_id
    from statements
    inner join ledger.observations as later
        on
            statements.indicator_code = later.indicator_code
            and statements.area_code = later.area_code
            and statements.period = later.period
            and statements.sequence < later.sequence
    union
    select distinct explanations.submission_id
    from explanations
    inner join ledger.explanations as later
        on
            explanations.indicator_code = later.indicator_code
            and explanations.area_code = later.area_code
            and explanations.period = later.period
            and explanations.sequence < later.sequence
)

select
    submissions.organization_code,
    submissions.sha256,
    submissions.submission_id,
    submissions.file_name,
    submissions.received_at,
    submissions.rows_refused = 0
    and submissions.status <> 'refused'
    and submissions.submission_id not in (select submission_id from replaced) as is_in_force
from submissions
order by submissions.sequence
