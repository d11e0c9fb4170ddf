-- What each reported running total adds to the total before it and the months between, and the months without a figure
-- that it holds (R3 of the running totals).
with

observations as (
    select
        *,
        {{ year_start_of('month') }} as year_start
    from {{ ref('int_valid_observations') }}
    where not is_not_due and not looks_cumulative
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

totals as (
    select observations.*
    from observations
    inner join indicator_numbers using (indicator_number)
    where observations.kind in ('opening', 'total') and indicator_numbers.aggregation in ('sum', 'ratio')
),

-- Only years with a total are looked at: most have none.
years_with_totals as (
    select
        *,
        kind in ('opening', 'total') as is_total
    from observations
    semi join totals using (indicator_number, area_number, year_start)
),

-- A total less the months' figures of its year so far: what the totals alone have brought.
beside_months as (
    select
        *,
        amount - coalesce(sum(amount) filter (where not is_total) over so_far, 0) as total_amount,
        base - coalesce(sum(base) filter (where not is_total) over so_far, 0) as total_base,
        list(month) filter (where not is_total and kind <> 'not_applicable') over so_far as months_with_figures
    from years_with_totals
    window so_far as (partition by indicator_number, area_number, year_start order by month)
),

differences as (
    select
        *,
        coalesce(lag(month) over in_year, year_start - 1) as total_before,
        total_amount - coalesce(lag(total_amount) over in_year, 0) as added_amount,
        total_base - coalesce(lag(total_base) over in_year, 0) as added_base
    from beside_months
    where is_total
    window in_year as (partition by indicator_number, area_number, year_start order by month)
),

final as (
    select
        differences.indicator_number,
        differences.area_number,
        differences.month,
        differences.kind,
        cast(differences.added_amount as decimal(24, 6)) as amount,
        cast(if(indicator_numbers.aggregation = 'ratio', differences.added_base, 1) as decimal(24, 6)) as base,
        list_filter(
            range(differences.total_before + 1, differences.month + 1),
            lambda held: held = differences.month
            or (
                {{ ends_a_report('held', 'derivations.months_each') }}
                and not list_contains(coalesce(differences.months_with_figures, []), held)
            )
        ) as months_held
    from differences
    inner join indicator_numbers using (indicator_number)
    inner join derivations using (indicator_code)
)

select * from final
