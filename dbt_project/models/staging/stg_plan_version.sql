{# A table, so that what fed a build can be read beside its marts without the ledger. #}
{{ config(materialized="table") }}

with

versions as (
    select * from {{ source('plan', 'versions') }}
),

-- The caller names the version that judges the month; without one it is the newest.
final as (
    select
        plan_version,
        sequence,
        loaded_at
    from versions
    where plan_version = coalesce(nullif('{{ var("plan_version") }}', ''), plan_version)
    qualify row_number() over (order by sequence desc) = 1
)

select * from final
