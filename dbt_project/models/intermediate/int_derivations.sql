-- Each indicator with its depth (0 is reported) and the reported indicators that it rests on.
with recursive

indicators as (
    select * from {{ ref('stg_indicators') }}
),

inputs as (
    select
        indicator_code,
        input_a as input_code
    from indicators
    where input_a is not null
    union
    select
        indicator_code,
        input_b
    from indicators
    where input_b is not null
),

paths as (
    select
        indicator_code,
        indicator_code as input_code,
        0 as steps
    from indicators
    union all
    select
        paths.indicator_code,
        inputs.input_code,
        paths.steps + 1 as steps
    from paths
    inner join inputs on paths.input_code = inputs.indicator_code
    where paths.steps < {{ var('max_derivation_depth') }}
),

final as (
    select
        paths.indicator_code,
        max(paths.steps) as depth,
        list_distinct(list(paths.input_code order by paths.input_code) filter (where inputs.indicator_code is null))
            as reported_codes
    from paths
    left join inputs on paths.input_code = inputs.indicator_code
    group by paths.indicator_code
)

select * from final
