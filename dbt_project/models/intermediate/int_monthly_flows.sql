-- What adds up over months: each area's month.
with

pieces as (
    select * from {{ ref('int_reported_pieces') }}
),

part_contributions as (
    select * from {{ ref('int_part_contributions') }}
),

flows as (
    select indicator_number
    from {{ ref('int_indicator_numbers') }}
    where aggregation in ('sum', 'mean', 'ratio')
),

-- An area has its own report of a month, or else those of its parts.
own_months as (
    select
        indicator_number,
        area_number,
        month,
        true as is_own,
        1 as parts_reported,
        kind as kinds,
        amount,
        base,
        is_block as has_block,
        months_held,
        if(amount is null, 0, 1) as figures
    from pieces
    semi join flows using (indicator_number)
),

by_kind as (
    select
        indicator_number,
        area_number,
        month,
        kind,
        count(*) as parts_reported,
        sum(amount) as amount,
        sum(base) as base,
        bool_or(is_block) as has_block,
        max(months_held) as months_held,
        count(amount) as figures
    from part_contributions
    semi join flows using (indicator_number)
    group by all
),

months_of_parts as (
    select
        indicator_number,
        area_number,
        month,
        false as is_own,
        sum(parts_reported) as parts_reported,
        string_agg(kind, ',' order by kind) as kinds,
        sum(amount) as amount,
        sum(base) as base,
        bool_or(has_block) as has_block,
        max(months_held) as months_held,
        sum(figures) as figures
    from by_kind
    group by all
),

months as (
    select * from own_months
    union all
    select * from months_of_parts
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
        has_block,
        months_held,
        cast(figures as integer) as figures
    from months
)

select * from final
