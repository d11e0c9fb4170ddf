-- What people decided on items of supervision, each decision from its month on.
with

rulings as (
    select * from {{ source('ledger', 'rulings') }}
),

final as (
    select
        ruling_id,
        key as item_code,
        left(key, -8) as target_code,
        {{ month_number("right(key, 7)") }} as opened_month,
        verdict,
        {{ month_number('period') }} as month,
        until_day,
        decided_by,
        note,
        decided_at
    from rulings
    where
        kind = 'supervision'
        and {{ known('decided_at') }}
        and period <= '{{ var("period") }}'
)

select * from final
