-- What each report adds to its indicator and area: of a month's figure the figure, of a running total what it adds to
-- the total before it and the months between.
{{ config(materialized="view") }}

with

observations as (
    select *
    from {{ ref('int_valid_observations') }}
    where not is_not_due and not looks_cumulative
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

totals as (
    select * from {{ ref('int_reported_totals') }}
),

single_months as (
    select
        observations.indicator_number,
        observations.area_number,
        observations.month,
        observations.kind,
        observations.amount,
        observations.base,
        observations.month as first_month_held,
        1 as months_held,
        false as is_block
    from observations
    inner join indicator_numbers using (indicator_number)
    where observations.kind not in ('opening', 'total') or indicator_numbers.aggregation not in ('sum', 'ratio')
),

final as (
    select * from single_months
    union all
    select
        indicator_number,
        area_number,
        month,
        kind,
        amount,
        base,
        cast(list_min(months_held) as integer) as first_month_held,
        cast(len(months_held) as integer) as months_held,
        len(months_held) > 1 as is_block
    from totals
)

select * from final
