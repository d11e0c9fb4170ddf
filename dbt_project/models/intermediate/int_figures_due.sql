-- Which figures each organization owes for which month: indicator by area, by the indicator's frequency and lag.
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
        {{ month_number('due_period') }} as due_month,
        deadline
    from figures_due
    where due_period <= '{{ var("period") }}'
)

select * from final
