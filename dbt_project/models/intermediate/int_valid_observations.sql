-- The statements that count on the day of the build: a withdrawal leaves none. A figure of a month for which nothing is
-- due (February, of a quarterly indicator) is kept and does not count.
with

statements as (
    select * from {{ ref('stg_statements') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
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
        indicator_numbers.indicator_number,
        area_numbers.area_number,
        statements.month,
        -- What a person ruled to be running totals is read as such.
        if(statements.kind = 'figure' and cumulative_series.verdict = 'totals', 'total', statements.kind) as kind,
        indicator_numbers.aggregation in ('ratio', 'ratio_last') as is_rate,
        if(is_rate, statements.numerator, statements.value) as amount,
        cast(case
            when amount is null then null
            when is_rate then statements.denominator
            else 1
        end as decimal(24, 6)) as base,
        -- Figures that look like running totals wait for a ruling, and count for nothing until then.
        statements.kind = 'figure'
        and cumulative_series.indicator_code is not null
        and cumulative_series.verdict is null as looks_cumulative,
        statements.kind <> 'opening'
        and not {{ ends_a_report('statements.month', 'derivations.months_each') }}
        and not exists (
            select 1
            from base_months
            where
                statements.indicator_code = base_months.indicator_code
                and statements.month between base_months.first_month and base_months.last_month
        ) as is_not_due,
        statements.claimed_rate,
        statements.remark
    from statements
    inner join derivations using (indicator_code)
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
    left join cumulative_series
        on
            statements.indicator_code = cumulative_series.indicator_code
            and statements.area_code = cumulative_series.area_code
            and {{ year_start_of('statements.month') }} = cumulative_series.year_start
    where statements.kind <> 'withdrawal'
)

select * exclude (is_rate) from final
