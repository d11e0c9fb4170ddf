-- Every figure that some question needs: an indicator, an area, and the months it runs over.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

derivations as (
    select * from {{ ref('int_derivations') }}
),

-- The history of what is derived; that of what is reported is made of its months (`int_monthly_history`).
derived_areas as (
    select
        windows.indicator_code,
        windows.area_code,
        min(windows.first_month) as since
    from windows
    inner join derivations on windows.indicator_code = derivations.indicator_code and derivations.depth > 0
    group by all
),

-- Each month's year so far, and the same months a year before.
history as (
    select
        indicator_code,
        area_code,
        unnest(range(since, {{ the_month() }} + 1)) as month
    from derived_areas
),

-- How each window came to stand as it does, month by month: its trend, and whether it held at every observation. What
-- is held against the year before has its line for the months not judged yet too.
months_of_windows as (
    select
        indicator_code,
        area_code,
        first_month,
        comparator,
        unnest(range(
            first_month,
            if(comparator in ('declines', 'rises'), least({{ the_month() }}, last_month), judged_month) + 1
        )) as last_month
    from windows
),

-- What has come in since a window closed that may still be completed.
late_figures as (
    select
        indicator_code,
        area_code,
        first_month,
        {{ the_month() }} as last_month
    from windows
    where after_window = 'counts' and last_month < {{ the_month() }}
),

-- The same months a year before, and the whole of that window, which the forecast is held against.
years_before as (
    select
        indicator_code,
        area_code,
        first_month - 12 as first_month,
        unnest(range(first_month - 12, least(last_month - 12, {{ the_month() }}) + 1)) as last_month
    from windows
    where comparator in ('declines', 'rises')
    union
    select
        indicator_code,
        area_code,
        first_month - 12 as first_month,
        last_month - 12 as last_month
    from windows
    where comparator in ('declines', 'rises')
),

starting_levels as (
    select
        indicator_code,
        area_code,
        base_first_month as first_month,
        base_last_month as last_month
    from windows
    where base_first_month is not null
),

recent_levels as (
    select
        indicator_code,
        area_code,
        first_month,
        judged_month - 3 as last_month
    from windows
    where judged_month - 3 >= first_month
),

asked_0 as (
    select
        indicator_code,
        area_code,
        first_month,
        last_month
    from months_of_windows
    union
    select
        indicator_code,
        area_code,
        first_month,
        last_month
    from late_figures
    union
    select
        indicator_code,
        area_code,
        first_month,
        last_month
    from years_before
    union
    select
        indicator_code,
        area_code,
        first_month,
        last_month
    from starting_levels
    union
    select
        indicator_code,
        area_code,
        first_month,
        last_month
    from recent_levels
    union
    select
        indicator_code,
        area_code,
        {{ year_start_of('month') }},
        month
    from history
    union
    select
        indicator_code,
        area_code,
        {{ year_start_of('month') }} - 12,
        month - 12 as last_month
    from history
),
{% for depth in range(1, var('max_derivation_depth') + 1) %}
    asked_{{ depth }} as (
        {{ inputs_of('asked_' ~ (depth - 1), 'indicators') }}
    ),
{% endfor %}
final as (
    {% for depth in range(var('max_derivation_depth') + 1) -%}
        select
            indicator_code,
            area_code,
            first_month,
            last_month
        from asked_{{ depth }}
        {% if not loop.last -%}
            union
        {% endif -%}
    {% endfor %}
)

select * from final
