-- What departments said of figures of the months up to the build, each statement as it was known.
with

explanations as (
    select * from {{ source('ledger', 'explanations') }}
),

final as (
    select
        * exclude (submission_id, recorded_at),
        {{ month_number('period') }} as month
    from explanations
    where
        {{ known('recorded_at') }}
        and period <= '{{ var("period") }}'
)

select * from final
