-- What stands at a month's end: the area's own figure, or else each part's newest, added up.
with

pieces as (
    select * from {{ ref('int_reported_pieces') }}
),

part_contributions as (
    select * from {{ ref('int_part_contributions') }}
),

levels as (
    select indicator_number
    from {{ ref('int_indicator_numbers') }}
    where aggregation in ('last', 'ratio_last')
),

own_months as (
    select
        indicator_number,
        area_number,
        month,
        kind,
        amount,
        base
    from pieces
    semi join levels using (indicator_number)
),

-- What each report of a part changes in the sum of the parts' newest figures.
steps as (
    select
        *,
        amount - coalesce(lag(amount ignore nulls) over of_part, 0) as amount_step,
        base - coalesce(lag(base ignore nulls) over of_part, 0) as base_step
    from part_contributions
    semi join levels using (indicator_number)
    window of_part as (partition by indicator_number, area_number, part_number order by month)
),

by_kind as (
    select
        indicator_number,
        area_number,
        month,
        kind,
        count(*) as parts_reported,
        sum(amount_step) as amount_step,
        sum(base_step) as base_step
    from steps
    group by all
),

months_of_parts as (
    select
        indicator_number,
        area_number,
        month,
        sum(parts_reported) as parts_reported,
        string_agg(kind, ',' order by kind) as kinds,
        sum(amount_step) as amount_step,
        sum(base_step) as base_step
    from by_kind
    group by all
),

own_months_of_wholes as (
    select *
    from own_months
    semi join months_of_parts using (indicator_number, area_number)
),

-- An area has its own report of a month, or else those of its parts.
mixed_months as (
    select
        indicator_number,
        area_number,
        month,
        own_months.month is not null as is_own,
        coalesce(months_of_parts.parts_reported, 1) as parts_reported,
        coalesce(months_of_parts.kinds, own_months.kind) as kinds,
        coalesce(own_months.amount, sum(months_of_parts.amount_step) over so_far) as amount,
        coalesce(own_months.base, sum(months_of_parts.base_step) over so_far) as base,
        coalesce(own_months.amount, months_of_parts.amount_step) is not null as has_figure,
        bool_or(coalesce(own_months.amount, months_of_parts.amount_step) is not null) over year_so_far
            as year_has_figure
    from own_months_of_wholes as own_months
    full join months_of_parts using (indicator_number, area_number, month)
    window
        so_far as (partition by indicator_number, area_number order by month),
        year_so_far as (partition by indicator_number, area_number, {{ year_start_of('month') }} order by month)
),

months as (
    select * from mixed_months
    union all
    select
        indicator_number,
        area_number,
        month,
        true as is_own,
        1 as parts_reported,
        kind as kinds,
        amount,
        base,
        amount is not null as has_figure,
        amount is not null as year_has_figure
    from own_months
    anti join months_of_parts using (indicator_number, area_number)
),

final as (
    select
        indicator_number,
        area_number,
        month,
        is_own,
        cast(parts_reported as integer) as parts_reported,
        kinds,
        cast(amount as decimal(24, 6)) as amount,
        cast(base as decimal(24, 6)) as base,
        has_figure,
        year_has_figure
    from months
)

select * from final
