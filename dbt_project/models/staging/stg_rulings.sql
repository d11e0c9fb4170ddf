with

rulings as (
    select * from {{ source('ledger', 'rulings') }}
),

final as (
    select * exclude (period, until_day)
    from rulings
    where kind = 'cumulative' and {{ known('decided_at') }}
    qualify row_number() over (partition by kind, key order by decided_at desc, ruling_id desc) = 1
)

select * from final
