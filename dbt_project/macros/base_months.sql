{# The months of a base period, written YYYY or YYYY-MM. #}
{% macro base_first_month(base_period) -%}
    if(length({{ base_period }}) = 4, cast(left({{ base_period }}, 4) as integer) * 12, {{ month_number(base_period) }})
{%- endmacro %}

{% macro base_last_month(base_period) -%}
    if(length({{ base_period }}) = 4, cast(left({{ base_period }}, 4) as integer) * 12 + 11, {{ month_number(base_period) }})
{%- endmacro %}

{# Whether an indicator is a level that runs from where it stood to where it shall stand. #}
{% macro runs_from_a_base(indicators) -%}
    (
        {{ indicators }}.aggregation in ('last', 'ratio_last', 'quotient', 'difference')
        and {{ indicators }}.base_period is not null
    )
{%- endmacro %}
