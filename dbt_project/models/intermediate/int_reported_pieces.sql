-- What each report adds to its indicator and area: of a month's figure the figure, of a running total what it adds to
-- the total before it and the months between. A piece holds the months that it is about (R3 of the running totals).
with

observations as (
    select *
    from {{ ref('int_valid_observations') }}
    where not is_not_due and not looks_cumulative
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

reported as (
    select
        observations.indicator_code,
        observations.area_code,
        observations.month,
        {{ year_start_of('observations.month') }} as year_start,
        observations.kind,
        indicators.aggregation,
        derivations.months_each,
        observations.kind in ('opening', 'total') and indicators.aggregation in ('sum', 'ratio') as is_total,
        indicators.aggregation in ('ratio', 'ratio_last') as is_rate,
        if(is_rate, observations.numerator, observations.value) as stated_amount,
        if(is_rate, observations.denominator, 1) as stated_base
    from observations
    inner join indicators using (indicator_code)
    inner join derivations using (indicator_code)
),

-- A total less the months' figures of its year so far: what the totals alone have brought.
beside_months as (
    select
        *,
        stated_amount - coalesce(sum(stated_amount) filter (where not is_total) over so_far, 0) as total_amount,
        stated_base - coalesce(sum(stated_base) filter (where not is_total) over so_far, 0) as total_base,
        list(month) filter (where not is_total and kind <> 'not_applicable') over so_far as months_with_figures
    from reported
    window so_far as (partition by indicator_code, area_code, year_start order by month)
),

differences as (
    select
        *,
        coalesce(lag(month) over totals, year_start - 1) as total_before,
        total_amount - coalesce(lag(total_amount) over totals, 0) as added_amount,
        total_base - coalesce(lag(total_base) over totals, 0) as added_base
    from beside_months
    where is_total
    window totals as (partition by indicator_code, area_code, year_start order by month)
),

blocks as (
    select
        indicator_code,
        area_code,
        month,
        kind,
        aggregation,
        added_amount as amount,
        if(aggregation = 'ratio', added_base, 1) as base,
        list_filter(
            range(total_before + 1, month + 1),
            lambda held: held = month
            or (
                {{ ends_a_report('held', 'months_each') }}
                and not list_contains(coalesce(months_with_figures, []), held)
            )
        ) as months_held
    from differences
),

single_months as (
    select
        indicator_code,
        area_code,
        month,
        kind,
        aggregation,
        stated_amount as amount,
        if(stated_amount is null, null, stated_base) as base,
        cast([month] as bigint[]) as months_held
    from reported
    where not is_total
),

pieces as (
    select * from single_months
    union all
    select * from blocks
),

final as (
    select
        indicator_code,
        area_code,
        month,
        kind,
        aggregation,
        cast(amount as decimal(24, 6)) as amount,
        cast(base as decimal(24, 6)) as base,
        months_held,
        list_min(months_held) as first_month_held,
        len(months_held) > 1 as is_block
    from pieces
)

select * from final
