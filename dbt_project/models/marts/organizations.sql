with

organizations as (
    select * from {{ ref('stg_organizations') }}
),

-- Persons are named by items of supervision alone.
final as (
    select * exclude (leader, responsible, contact) from organizations
)

select * from final
order by all
