{# The months of a base period, written YYYY or YYYY-MM. #}
{% macro base_first_month(base_period) -%}
    if(
        length({{ base_period }}) = 4,
        cast(left({{ base_period }}, 4) as integer) * 12 + {{ var('year_starts') }} - 1,
        {{ month_number(base_period) }}
    )
{%- endmacro %}

{% macro base_last_month(base_period) -%}
    if(
        length({{ base_period }}) = 4,
        cast(left({{ base_period }}, 4) as integer) * 12 + {{ var('year_starts') }} + 10,
        {{ month_number(base_period) }}
    )
{%- endmacro %}
