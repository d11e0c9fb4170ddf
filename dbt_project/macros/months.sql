{# A month as a number, so that months can be counted; 0 is January of the year 0. #}
{% macro month_number(period) -%}
    (cast(left({{ period }}, 4) as integer) * 12 + cast(right({{ period }}, 2) as integer) - 1)
{%- endmacro %}

{# The number of a month as it is written: YYYY-MM. #}
{% macro month_text(month) -%}
    printf('%04d-%02d', {{ month }} // 12, {{ month }} % 12 + 1)
{%- endmacro %}

{# The January of a month's year. #}
{% macro january_of(month) -%}
    ({{ month }} // 12 * 12)
{%- endmacro %}

{# The month of the build. #}
{% macro the_month() -%}
    {{ month_number("'" ~ var('period') ~ "'") }}
{%- endmacro %}
