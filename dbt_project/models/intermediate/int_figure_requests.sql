-- What each window's figures ask for, down to the reported indicators: which figure, over which months.
{%- set askers = ['target_code', 'target_area_code', 'window_month', 'role'] %}
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

window_figures as (
    select * from {{ ref('int_window_figures') }}
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
        target_code,
        area_code as target_area_code,
        first_month as window_month,
        'base' as role,
        indicator_code,
        area_code,
        base_first_month as first_month,
        base_last_month as last_month
    from windows
    where base_first_month is not null
),

-- What has to hold throughout is lost by the months in which it did not.
breaches as (
    select
        actuals.* replace (
            'breach' as role,
            window_figures.reported_through as last_month
        )
    from actuals
    inner join window_figures
        on actuals.target_code = window_figures.target_code and actuals.window_month = window_figures.first_month
    semi join windows
        on actuals.target_code = windows.target_code and windows.judged = 'throughout'
    where window_figures.is_breach
),

-- What has come in since a window closed may complete it late.
figures_since as (
    select
        actuals.* replace (
            'late' as role,
            {{ the_month() }} as last_month
        )
    from actuals
    semi join windows
        on
            actuals.target_code = windows.target_code
            and actuals.window_month = windows.first_month
            and windows.after_window = 'counts'
            and windows.last_month < {{ the_month() }}
),

requests_0 as (
    select * from actuals
    union all
    select * from figures_since
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
