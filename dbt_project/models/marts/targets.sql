with

targets as (
    select * from {{ ref('stg_targets') }}
),

revisions as (
    select * from {{ ref('stg_target_revisions') }}
),

final as (
    select
        targets.*,
        revisions.revised_on,
        revisions.approved_by as revision_approved_by,
        revisions.reason_zh as revision_reason_zh
    from targets
    left join revisions using (target_code)
)

select * from final
order by target_code
