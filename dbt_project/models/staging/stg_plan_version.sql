{# A table, so that what fed a build can be read beside its marts without the ledger. #}
{{ config(materialized="table") }}

with

versions as (
    select * from {{ source('plan', 'versions') }}
),

final as (
    select
        plan_version,
        sequence,
        loaded_at
    from versions
    -- A day before the first plan was loaded is judged by the first one.
    qualify
        row_number() over (order by {{ known('loaded_at') }} desc, if({{ known('loaded_at') }}, -sequence, sequence))
        = 1
)

select * from final
