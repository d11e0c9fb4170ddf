-- What adds up over months: each area's month, and its running total since the first report.
with

contributions as (
    select * from {{ ref('int_contributions') }}
),

months as (
    select
        indicator_code,
        area_code,
        month,
        bool_or(is_own) as is_own,
        count(distinct part_code) as parts_reported,
        string_agg(distinct kind, ',' order by kind) as kinds,
        cast(sum(amount) as decimal(24, 6)) as amount,
        cast(sum(base) as decimal(24, 6)) as base,
        bool_or(is_block) as has_block,
        max(len(months_held)) as months_held,
        count(amount) as figures
    from contributions
    where aggregation in ('sum', 'mean', 'ratio')
    group by all
),

final as (
    select
        *,
        cast(sum(amount) over so_far as decimal(24, 6)) as amount_so_far,
        cast(sum(base) over so_far as decimal(24, 6)) as base_so_far,
        cast(sum(figures) over so_far as bigint) as figures_so_far,
        row_number() over so_far as months_so_far
    from months
    window so_far as (partition by indicator_code, area_code order by month)
)

select * from final
