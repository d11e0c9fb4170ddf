with

commitments as (
    select * from {{ ref('stg_commitments') }}
),

final as (
    select * from commitments
)

select * from final
order by all
