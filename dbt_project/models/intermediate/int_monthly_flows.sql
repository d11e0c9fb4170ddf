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
        count(amount) as parts_with_figure,
        string_agg(distinct kind, ',' order by kind) as kinds,
        cast(sum(amount) as decimal(24, 6)) as amount,
        cast(sum(base) as decimal(24, 6)) as base
    from contributions
    where aggregation in ('sum', 'mean', 'ratio')
    group by all
),

final as (
    select
        *,
        cast(sum(amount) over so_far as decimal(24, 6)) as amount_so_far,
        cast(sum(base) over so_far as decimal(24, 6)) as base_so_far,
        count(amount) over so_far as figures_so_far
    from months
    window so_far as (partition by indicator_code, area_code order by month)
)

select * from final
