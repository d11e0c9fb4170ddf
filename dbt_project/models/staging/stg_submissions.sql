{# A table, so that what fed a build can be read beside its marts without the ledger. #}
{{ config(materialized="table") }}

with

submissions as (
    select * from {{ source('ledger', 'submissions') }}
),

final as (
    select *
    from submissions
    where {{ known('received_at') }}
)

select * from final
