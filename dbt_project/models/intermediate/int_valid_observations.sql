-- Which observation is valid on the day of the build: the newest; a withdrawal leaves none. A figure of a month for
-- which nothing is due (February, of a quarterly indicator) is kept and does not count.
with

newest as (
    select * from {{ ref('int_newest_observations') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

cumulative_series as (
    select * from {{ ref('int_cumulative_series') }}
),

-- A base may be of any month.
base_months as (
    select distinct
        unnest(derivations.reported_codes) as indicator_code,
        {{ base_first_month('indicators.base_period') }} as first_month,
        {{ base_last_month('indicators.base_period') }} as last_month
    from indicators
    inner join derivations using (indicator_code)
    where indicators.base_period is not null
),

final as (
    select
        -- What a person ruled to be running totals is read as such.
        newest.* replace (
            if(newest.kind = 'figure' and cumulative_series.verdict = 'totals', 'total', newest.kind) as kind
        ),
        -- Figures that look like running totals wait for a ruling, and count for nothing until then.
        newest.kind = 'figure'
        and cumulative_series.indicator_code is not null
        and cumulative_series.verdict is null as looks_cumulative,
        newest.kind <> 'opening'
        and not {{ ends_a_report('newest.month', 'derivations.months_each') }}
        and not exists (
            select 1
            from base_months
            where
                newest.indicator_code = base_months.indicator_code
                and newest.month between base_months.first_month and base_months.last_month
        ) as is_not_due
    from newest
    inner join derivations using (indicator_code)
    left join cumulative_series
        on
            newest.indicator_code = cumulative_series.indicator_code
            and newest.area_code = cumulative_series.area_code
            and {{ year_start_of('newest.month') }} = cumulative_series.year_start
    where newest.kind <> 'withdrawal'
)

select * from final
