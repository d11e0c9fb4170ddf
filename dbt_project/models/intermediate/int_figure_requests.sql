-- What each window's figures ask for, down to the reported indicators: which figure, over which months.
{%- set askers = ['target_code', 'target_area_code', 'window_month', 'role'] %}
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

judged as (
    select * from {{ ref('int_judged') }}
),

actuals as (
    select
        target_code,
        area_code as target_area_code,
        first_month as window_month,
        'figure' as role,
        indicator_code,
        area_code,
        first_month,
        judged_month as last_month
    from windows
),

years_before as (
    select
        * replace (
            'year_before' as role,
            first_month - 12 as first_month,
            last_month - 12 as last_month
        )
    from actuals
    semi join windows
        on actuals.target_code = windows.target_code and windows.comparator in ('declines', 'rises')
),

starting_levels as (
    select
        actuals.* replace (
            'base' as role,
            {{ base_first_month('indicators.base_period') }} as first_month,
            {{ base_last_month('indicators.base_period') }} as last_month
        )
    from actuals
    inner join indicators using (indicator_code)
    where {{ runs_from_a_base('indicators') }}
),

-- What has to hold throughout is lost by the months in which it did not.
breaches as (
    select
        target_code,
        area_code as target_area_code,
        first_month as window_month,
        'breach' as role,
        indicator_code,
        area_code,
        first_month,
        unnest(breach_months) as last_month
    from judged
),

requests_0 as (
    select * from actuals
    union all
    select * from breaches
    union all
    select * from years_before
    union all
    select * from starting_levels
),
{% for depth in range(1, var('max_derivation_depth') + 1) %}
    requests_{{ depth }} as (
        {{ inputs_of('requests_' ~ (depth - 1), 'indicators', askers) }}
    ),
{% endfor %}
requests as (
    {% for depth in range(var('max_derivation_depth') + 1) -%}
        select * from requests_{{ depth }}
        {% if not loop.last -%}
            union
        {% endif -%}
    {% endfor %}
),

final as (
    select requests.*
    from requests
    semi join indicators on requests.indicator_code = indicators.indicator_code and indicators.input_a is null
)

select * from final
