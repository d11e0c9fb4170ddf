-- Every figure asked for: reported ones as they are, derived ones from the figures below them, depth by depth.
with

asked as (
    select * from {{ ref('int_figures_asked_for') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

reported as (
    select * from {{ ref('int_reported_figures') }}
),

covered as (
    select * from {{ ref('int_months_covered') }}
),

figures_0 as (
    select
        indicator_code,
        area_code,
        first_month,
        last_month,
        reported_through,
        reason,
        numerator,
        denominator,
        scale,
        value
    from reported
),
{% for depth in range(1, var('max_derivation_depth') + 1) %}
    asked_at_{{ depth }} as (
        select asked.*
        from asked
        semi join derivations
            on asked.indicator_code = derivations.indicator_code and derivations.depth = {{ depth }}
    ),

    derived_at_{{ depth }} as (
        {{ derived_figures('asked_at_' ~ depth, 'indicators', 'figures_' ~ (depth - 1), 'covered') }}
        where indicators.aggregation <> 'total'
        union all
        {{ total_figures('asked_at_' ~ depth, 'indicators', 'figures_' ~ (depth - 1)) }}
    ),

    figures_{{ depth }} as (
        select * from figures_{{ depth - 1 }}
        union all
        select
            * exclude (lacking, numerator, denominator, scale),
            lacking as reason,
            numerator,
            denominator,
            scale,
            {{ divide('numerator', 'denominator', 'scale') }} as value
        from derived_at_{{ depth }}
    ),
{% endfor %}
final as (
    select
        indicator_code,
        area_code,
        first_month,
        last_month,
        reported_through,
        reason,
        cast(numerator as decimal(24, 6)) as numerator,
        cast(denominator as decimal(24, 6)) as denominator,
        cast(scale as decimal(24, 6)) as scale,
        value
    from figures_{{ var('max_derivation_depth') }}
)

select * from final
