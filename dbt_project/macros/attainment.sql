{# How the comparators judge: one macro says whether a figure meets its target, one how much of it is attained. #}

{# Met, exactly, on the figure's fraction; null only where the figure, or what it is held against, is missing.
   `judged` is a relation with numerator, denominator, scale, value, goal, comparator, upper_value, tolerance,
   favourable, earlier_value. #}
{% macro is_met(judged) -%}
    case {{ judged }}.comparator
        when 'at_least' then {{ against(judged, 'goal') }} >= 0
        when 'above' then {{ against(judged, 'goal') }} > 0
        when 'at_most' then {{ against(judged, 'goal') }} <= 0
        when 'below' then {{ against(judged, 'goal') }} < 0
        when 'between' then {{ against(judged, 'goal') }} >= 0 and {{ against(judged, 'upper_value') }} <= 0
        when 'about'
            then
                (coalesce({{ judged }}.favourable, '') = 'down' or {{ against(judged, 'lower_bound') }} >= 0)
                and (coalesce({{ judged }}.favourable, '') = 'up' or {{ against(judged, 'upper_bound') }} <= 0)
        when 'zero' then {{ judged }}.value = 0
        when 'declines'
            then
                {{ judged }}.value < {{ judged }}.earlier_value + coalesce({{ judged }}.tolerance, 0)
                or ({{ judged }}.value = 0 and {{ judged }}.earlier_value = 0)
                or coalesce({{ judged }}.value = {{ judged }}.earlier_value + {{ judged }}.tolerance, false)
        when 'rises'
            then
                {{ judged }}.value > {{ judged }}.earlier_value - coalesce({{ judged }}.tolerance, 0)
                or coalesce({{ judged }}.value = {{ judged }}.earlier_value - {{ judged }}.tolerance, false)
        when 'done' then {{ judged }}.value >= 100
        when 'evidence' then {{ judged }}.value >= 100
    end
{%- endmacro %}

{% macro against(judged, bound) -%}
    {{ compare(judged ~ '.numerator', judged ~ '.denominator', judged ~ '.scale', judged ~ '.' ~ bound) }}
{%- endmacro %}

{# Attained, in percent to six digits cut off, of a figure as a fraction (the actual one, or what was expected); `met`
   where there is no measure, and nothing where it is not known whether it is met: a missing base is neither 0 % nor
   100 %. #}
{% macro attained_pct(judged, numerator, denominator, scale, met) -%}
    {%- set over = [numerator, scale] -%}
    case
        when {{ numerator }} is null or {{ denominator }} is null then null
        when {{ judged }}.comparator in ('done', 'evidence') then {{ numerator }}
        when {{ judged }}.comparator in ('zero', 'declines', 'rises') then {{ all_or_nothing(met) }}
        when {{ judged }}.comparator in ('at_least', 'above')
            then
                case
                    when {{ judged }}.goal <= 0 then {{ all_or_nothing(met) }}
                    else {{ percent(over, [denominator, judged ~ '.goal']) }}
                end
        when {{ judged }}.comparator in ('at_most', 'below')
            then
                case
                    when {{ judged }}.goal <= 0 then {{ all_or_nothing(met) }}
                    when {{ compare(numerator, denominator, scale, '0') }} <= 0 then 100
                    else {{ percent([judged ~ '.goal', denominator], over) }}
                end
        when {{ met }} then 100
        when {{ compare(numerator, denominator, scale, judged ~ '.lower_bound') }} < 0
            then if({{ judged }}.lower_bound <= 0, 0, {{ percent(over, [denominator, judged ~ '.lower_bound']) }})
        when {{ compare(numerator, denominator, scale, judged ~ '.upper_bound') }} > 0
            then if({{ judged }}.upper_bound <= 0, 0, {{ percent([judged ~ '.upper_bound', denominator], over) }})
        else 100
    end
{%- endmacro %}

{% macro all_or_nothing(met) -%}
    case {{ met }} when true then 100 when false then 0 end
{%- endmacro %}
