{# A month as a number, so that months can be counted; 0 is January of the year 0. #}
{% macro month_number(period) -%}
    (cast(left({{ period }}, 4) as integer) * 12 + cast(right({{ period }}, 2) as integer) - 1)
{%- endmacro %}

{# The number of a month as it is written: YYYY-MM. #}
{% macro month_text(month) -%}
    printf('%04d-%02d', {{ month }} // 12, {{ month }} % 12 + 1)
{%- endmacro %}

{# The first month of the reporting year that a month lies in; January unless the plan's year_starts says another. #}
{% macro year_start_of(month) -%}
    ({{ month }} - ({{ month }} - {{ var('year_starts') }} + 1) % 12)
{%- endmacro %}

{# How many months a report of a frequency is for. #}
{% macro months_each(frequency) -%}
    case {{ frequency }} when 'monthly' then 1 when 'quarterly' then 3 else 12 end
{%- endmacro %}

{# Whether a month is the last of its quarter or year, where a report is due for every `months_each` months. #}
{% macro ends_a_report(month, months_each) -%}
    (({{ month }} - {{ var('year_starts') }} + 2) % {{ months_each }} = 0)
{%- endmacro %}

{# The newest month of which a window can show a figure: its last one, or before that the last that ended a report. #}
{% macro judged_month(last_month, newest_month, months_each) -%}
    if(
        {{ newest_month }} >= {{ last_month }},
        {{ last_month }},
        {{ newest_month }} - ({{ newest_month }} - {{ var('year_starts') }} + 2) % {{ months_each }}
    )
{%- endmacro %}

{# How many reports have come to their end by a month, counted from the first year; differences of it count reports. #}
{% macro report_number(month, months_each) -%}
    ({{ month }} - {{ var('year_starts') }} + 2) // {{ months_each }}
{%- endmacro %}

{# The month of the build. #}
{% macro the_month() -%}
    {{ month_number("'" ~ var('period') ~ "'") }}
{%- endmacro %}
