-- What stands at a month's end: the area's own figure, or else each part's newest, added up.
with

contributions as (
    select * from {{ ref('int_contributions') }}
),

steps as (
    select
        *,
        amount - coalesce(lag(amount ignore nulls) over of_part, 0) as amount_step,
        base - coalesce(lag(base ignore nulls) over of_part, 0) as base_step
    from contributions
    where aggregation in ('last', 'ratio_last')
    window of_part as (partition by indicator_code, area_code, part_code order by month)
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
        max(amount) filter (where is_own) as own_amount,
        max(base) filter (where is_own) as own_base,
        sum(amount_step) filter (where not is_own) as parts_amount_step,
        sum(base_step) filter (where not is_own) as parts_base_step
    from steps
    group by all
),

final as (
    select
        indicator_code,
        area_code,
        month,
        is_own,
        parts_reported,
        parts_with_figure,
        kinds,
        cast(coalesce(own_amount, sum(parts_amount_step) over so_far) as decimal(24, 6)) as amount,
        cast(coalesce(own_base, sum(parts_base_step) over so_far) as decimal(24, 6)) as base,
        count(coalesce(own_amount, parts_amount_step)) over so_far as figures_so_far
    from months
    window so_far as (partition by indicator_code, area_code order by month)
)

select * from final
