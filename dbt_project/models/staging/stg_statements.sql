with

statements as (
    select * from {{ source('ledger', 'statements') }}
),

final as (
    select
        * exclude (ended_at, ended_by, stated_since),
        {{ month_number('period') }} as month
    from statements
    where
        {{ in_force('recorded_at', 'ended_at') }}
        and period <= '{{ var("period") }}'
)

select * from final
