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
        {{ january_of('observations.month') }} as january,
        observations.kind,
        indicators.aggregation,
        observations.kind = 'opening' and indicators.aggregation in ('sum', 'ratio') as is_running_total,
        if(indicators.aggregation in ('ratio', 'ratio_last'), observations.numerator, observations.value) as amount,
        if(indicators.aggregation in ('ratio', 'ratio_last'), observations.denominator, 1) as base
    from observations
    inner join indicators using (indicator_code)
),

-- An opening balance is the running total of its year: the months that it holds do not count beside it.
counting as (
    select
        *,
        if(is_running_total, january, month) as since
    from reported
    qualify
        aggregation not in ('sum', 'ratio')
        or month >= coalesce(
            max(month) filter (where is_running_total) over (partition by indicator_code, area_code, january), month
        )
),

-- A report of an area outranks those of the areas inside it that hold any of its months: what is in both would
-- count twice. One that does not apply has no figure that could be in another month's.
outranked as (
    select
        counting.indicator_code,
        counting.area_code,
        counting.month,
        min(ancestors.distance) as outranked_from
    from counting
    inner join ancestors on counting.area_code = ancestors.area_code and ancestors.distance > 0
    inner join counting as above
        on
            counting.indicator_code = above.indicator_code
            and ancestors.ancestor_code = above.area_code
            and counting.january = above.january
            and counting.since <= above.month
            and counting.month >= above.since
            and (counting.month = above.month or above.amount is not null)
    group by all
),

final as (
    select
        counting.indicator_code,
        ancestors.ancestor_code as area_code,
        counting.area_code as part_code,
        ancestors.distance = 0 as is_own,
        counting.month,
        counting.kind,
        counting.aggregation,
        counting.amount,
        if(counting.amount is null, null, counting.base) as base
    from counting
    inner join ancestors using (area_code)
    left join outranked
        on
            counting.indicator_code = outranked.indicator_code
            and counting.area_code = outranked.area_code
            and counting.month = outranked.month
    where
        ancestors.distance < coalesce(outranked.outranked_from, 1000)
        and (ancestors.distance = 0 or counting.aggregation <> 'mean')
)

select * from final
