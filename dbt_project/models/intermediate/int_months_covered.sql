-- Which months a figure is made of, where it is held against another year's: growth, a multiple, a decline or a rise
-- compare the same months of two years, and a month that only one of the years has makes them different ones.
with

asked as (
    select * from {{ ref('int_figures_asked_for') }}
),

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

flows as (
    select * from {{ ref('int_monthly_flows') }}
),

compared as (
    select input_a as indicator_code
    from indicators
    where aggregation in ('growth', 'multiple')
    union
    select indicator_code
    from windows
    where comparator in ('declines', 'rises')
),

-- An opening balance holds its year's months up to its own.
covered as (
    select distinct
        flows.indicator_code,
        flows.area_code,
        unnest(range(
            if(contains(flows.kinds, 'opening'), {{ january_of('flows.month') }}, flows.month),
            flows.month + 1
        )) as month
    from flows
    semi join compared on flows.indicator_code = compared.indicator_code
),

final as (
    select
        asked.indicator_code,
        asked.area_code,
        asked.first_month,
        asked.last_month,
        list(covered.month - asked.first_month order by covered.month) as months_covered
    from asked
    inner join covered
        on
            asked.indicator_code = covered.indicator_code
            and asked.area_code = covered.area_code
            and covered.month between asked.first_month and asked.last_month
    group by all
)

select * from final
