with

observations as (
    select * from {{ source('ledger', 'observations') }}
),

final as (
    select
        *,
        {{ month_number('period') }} as month
    from observations
    where {{ known('recorded_at') }}
)

select * from final
