with

commitments as (
    select * from {{ ref('stg_commitments') }}
),

progress as (
    select *
    from {{ ref('indicator_progress') }}
    where in_force
),

statuses as (
    select * from {{ ref('statuses') }}
),

leads as (
    select
        commitment_code,
        string_agg(organization_code, ';' order by organization_code) as lead_organization_codes
    from {{ ref('stg_commitment_organizations') }}
    where role = 'lead'
    group by all
),

counted as (
    select
        commitment_code,
        {{ standing_counts('progress') }}
    from progress
    group by all
),

-- A commitment stands as its worst measurable target does, by the rank of the statuses.
worst as (
    select
        progress.commitment_code,
        arg_max(progress.status, statuses.rank) as status
    from progress
    inner join statuses using (status)
    where progress.comparator <> 'evidence'
    group by all
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        commitments.commitment_code,
        commitments.kind,
        commitments.section_zh,
        commitments.title_zh,
        leads.lead_organization_codes,
        worst.status,
        statuses.status_zh,
        statuses.light,
        counted.* exclude (commitment_code)
    from commitments
    left join leads using (commitment_code)
    left join counted using (commitment_code)
    left join worst using (commitment_code)
    left join statuses on worst.status = statuses.status
)

select * from final
order by commitment_code
