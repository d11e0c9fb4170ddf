with

refusals as (
    select * from {{ source('ledger', 'refusals') }}
),

submissions as (
    select * from {{ ref('stg_submissions') }}
),

final as (
    select refusals.*
    from refusals
    semi join submissions using (submission_id)
)

select * from final
