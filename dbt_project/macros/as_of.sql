{# Keep what was known by the end of the day of the build; with no day, all that is known. #}
{% macro known(moment) -%}
    {% if var('as_of') -%}
        {{ moment }} < cast('{{ var("as_of") }}' as date) + interval 1 day
    {%- else -%}
        true
    {%- endif %}
{%- endmacro %}

{# What holds from one moment until another, or still holds, on the day of the build. #}
{% macro in_force(from, until) -%}
    ({{ known(from) }} and ({{ until }} is null or not ({{ known(until) }})))
{%- endmacro %}

{# A table of the plan, in the version that the build judges by. #}
{% macro plan_table(name) -%}
with

plan_rows as (
    select * from {{ source('plan', name) }}
),

plan_version as (
    select * from {{ ref('stg_plan_version') }}
),

final as (
    select plan_rows.* exclude (plan_version)
    from plan_rows
    semi join plan_version using (plan_version)
)

select * from final
{%- endmacro %}

{# Keep what was due before the day of the build; with no day, everything up to its month was due. #}
{% macro was_due(deadline) -%}
    {% if var('as_of') -%}
        {{ deadline }} < cast('{{ var("as_of") }}' as date)
    {%- else -%}
        true
    {%- endif %}
{%- endmacro %}
