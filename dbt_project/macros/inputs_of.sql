{# What the derived indicators among some requests ask of their inputs: which indicator over which months; each keeps
   the columns that say who asked. #}
{% macro inputs_of(requests, indicators, asked_by=[]) -%}
    {%- set askers %}{% for column in asked_by %}{{ requests }}.{{ column }}, {% endfor %}{% endset -%}
    select
        {{ askers }}unnest(string_split({{ indicators }}.input_a, ';')) as indicator_code,
        {{ requests }}.area_code,
        if({{ indicators }}.aggregation = 'multiple', {{ year_start_of(requests ~ '.last_month') }}, {{ requests }}.first_month)
            as first_month,
        {{ requests }}.last_month
    from {{ requests }}
    inner join {{ indicators }} using (indicator_code)
    where {{ indicators }}.input_a is not null
    union
    select
        {{ askers }}{{ indicators }}.input_a,
        {{ requests }}.area_code,
        {{ earlier_first_month(requests, indicators) }},
        {{ earlier_last_month(requests, indicators) }}
    from {{ requests }}
    inner join {{ indicators }} using (indicator_code)
    where {{ indicators }}.aggregation in ('growth', 'multiple', 'increment')
    union
    select
        {{ askers }}{{ indicators }}.input_b,
        {{ requests }}.area_code,
        {{ requests }}.first_month,
        {{ requests }}.last_month
    from {{ requests }}
    inner join {{ indicators }} using (indicator_code)
    where {{ indicators }}.input_b is not null
{%- endmacro %}

{# The months that growth, multiple and increment compare with. #}
{% macro earlier_first_month(requests, indicators) -%}
    case {{ indicators }}.aggregation
        when 'growth' then {{ requests }}.first_month - 12
        else {{ base_first_month(indicators ~ '.base_period') }}
    end
{%- endmacro %}

{% macro earlier_last_month(requests, indicators) -%}
    case {{ indicators }}.aggregation
        when 'growth' then {{ requests }}.last_month - 12
        when 'multiple'
            then {{ year_start_of(base_last_month(indicators ~ '.base_period')) }}
            + {{ requests }}.last_month - {{ year_start_of(requests ~ '.last_month') }}
        else {{ base_last_month(indicators ~ '.base_period') }}
    end
{%- endmacro %}
