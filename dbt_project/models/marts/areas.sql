with

areas as (
    select * from {{ ref('stg_areas') }}
),

final as (
    select * from areas
)

select * from final
order by all
