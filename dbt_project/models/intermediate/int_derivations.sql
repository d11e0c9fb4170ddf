-- Each indicator with the reported indicators that it rests on, and what follows from them for the whole.
with recursive

indicators as (
    select * from {{ ref('stg_indicators') }}
),

inputs as (
    select
        indicator_code,
        aggregation,
        unnest(string_split(concat_ws(';', input_a, input_b), ';')) as input_code,
        coalesce(input_code = input_b, false) as is_second
    from indicators
    where input_a is not null or input_b is not null
),

paths as (
    select
        indicator_code,
        indicator_code as input_code,
        0 as steps,
        true as keeps_levels,
        true as adds_up,
        false as compares_years,
        true as is_numerator
    from indicators
    union all
    select
        paths.indicator_code,
        inputs.input_code,
        paths.steps + 1 as steps,
        paths.keeps_levels and inputs.aggregation in ('quotient', 'difference', 'total') as keeps_levels,
        paths.adds_up and inputs.aggregation = 'total' as adds_up,
        paths.compares_years or inputs.aggregation in ('growth', 'multiple') as compares_years,
        paths.is_numerator and not (inputs.aggregation = 'quotient' and inputs.is_second) as is_numerator
    from paths
    inner join inputs on paths.input_code = inputs.indicator_code
    where paths.steps < {{ var('max_derivation_depth') }}
),

sources as (
    select
        paths.*,
        indicators.aggregation,
        indicators.reported_as,
        indicators.lag_months,
        {{ months_each('indicators.frequency') }} as months_each
    from paths
    inner join indicators on paths.input_code = indicators.indicator_code
    where indicators.input_a is null
),

final as (
    select
        indicator_code,
        max(steps) as depth,
        list_distinct(list(input_code order by input_code)) as reported_codes,
        -- A quotient is a level where its numerator is one.
        coalesce(
            bool_and(keeps_levels and aggregation in ('last', 'ratio_last')) filter (where is_numerator), false
        ) as is_level,
        bool_and(adds_up and aggregation = 'sum') as adds_up,
        bool_or(aggregation in ('ratio', 'mean')) as averages_months,
        bool_or(compares_years) as compares_years,
        bool_or(aggregation in ('last', 'ratio_last') and reported_as = 'year_to_date') as begins_each_year,
        max(months_each) as months_each,
        max(lag_months) as lag_months
    from sources
    group by indicator_code
)

select * from final
