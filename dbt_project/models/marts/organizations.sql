with

organizations as (
    select * from {{ ref('stg_organizations') }}
),

final as (
    select * from organizations
)

select * from final
order by all
