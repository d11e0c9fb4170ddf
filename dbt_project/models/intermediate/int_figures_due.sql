-- Which figures each organization owes for which month: indicator by area, by the indicator's frequency.
with

figures_due as (
    select * from {{ ref('stg_figures_due') }}
),

final as (
    select
        organization_code,
        indicator_code,
        area_code,
        {{ month_number('period') }} as month,
        deadline
    from figures_due
    where period <= '{{ var("period") }}'
)

select * from final
