-- Which reports make up an area's month: its own, or else those of its parts; rates by their two parts.
with

observations as (
    select * from {{ ref('int_valid_observations') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

reported as (
    select
        observations.indicator_code,
        observations.area_code,
        observations.month,
        observations.kind,
        indicators.aggregation,
        if(indicators.aggregation in ('ratio', 'ratio_last'), observations.numerator, observations.value) as amount,
        if(indicators.aggregation in ('ratio', 'ratio_last'), observations.denominator, 1) as base
    from observations
    inner join indicators using (indicator_code)
),

-- A report of an area outranks those of the areas inside it.
outranked as (
    select
        reported.indicator_code,
        reported.area_code,
        reported.month,
        min(ancestors.distance) as outranked_from
    from reported
    inner join ancestors on reported.area_code = ancestors.area_code and ancestors.distance > 0
    semi join reported as above
        on
            reported.indicator_code = above.indicator_code
            and reported.month = above.month
            and ancestors.ancestor_code = above.area_code
    group by all
),

placed as (
    select
        reported.indicator_code,
        ancestors.ancestor_code as area_code,
        reported.area_code as part_code,
        ancestors.distance = 0 as is_own,
        reported.month,
        reported.kind,
        reported.aggregation,
        reported.amount,
        if(reported.amount is null, null, reported.base) as base
    from reported
    inner join ancestors using (area_code)
    left join outranked
        on
            reported.indicator_code = outranked.indicator_code
            and reported.area_code = outranked.area_code
            and reported.month = outranked.month
    where
        ancestors.distance < coalesce(outranked.outranked_from, 1000)
        and (ancestors.distance = 0 or reported.aggregation <> 'mean')
),

-- An opening balance is the running total of its year: the months that it holds do not count beside it.
opened as (
    select
        *,
        max(month) filter (where kind = 'opening') over (
            partition by indicator_code, area_code, part_code, {{ january_of('month') }}
        ) as part_opening,
        max(month) filter (where kind = 'opening' and is_own) over (
            partition by indicator_code, area_code, {{ january_of('month') }}
        ) as own_opening
    from placed
),

final as (
    select
        indicator_code,
        area_code,
        part_code,
        is_own,
        month,
        kind,
        aggregation,
        amount,
        base
    from opened
    where
        aggregation not in ('sum', 'ratio')
        or (
            month >= coalesce(part_opening, month)
            and (is_own or month > coalesce(own_opening, month - 1))
        )
)

select * from final
