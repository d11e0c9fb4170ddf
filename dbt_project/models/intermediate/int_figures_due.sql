-- Which figures each organization owes for which month: indicator by area, by the indicator's frequency.
with

indicators as (
    select * from {{ ref('stg_indicators') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

terms as (
    select * from {{ ref('stg_plan_terms') }}
),


reported_by_area as (
    select
        indicators.organization_code,
        indicators.indicator_code,
        indicators.frequency,
        areas.area_code
    from indicators
    cross join terms
    inner join areas
        on
            if(
                indicators.reporting_level = 'subdistrict',
                areas.level = 'subdistrict',
                terms.area_code = areas.area_code
            )
    where indicators.organization_code is not null
),

months as (
    select
        reported_by_area.*,
        terms.deadline_day,
        unnest(range(terms.starts_month, {{ the_month() }} + 1)) as month
    from reported_by_area
    cross join terms
),

final as (
    select
        organization_code,
        indicator_code,
        area_code,
        month,
        make_date((month + 1) // 12, (month + 1) % 12 + 1, deadline_day) as deadline
    from months
    where
        case frequency
            when 'monthly' then true
            when 'quarterly' then month % 3 = 2
            else month % 12 = 11
        end
)

select * from final
