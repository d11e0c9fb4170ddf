{# How the comparators judge: one macro says whether a figure meets its target, one how much of it is attained. #}

{# Met, exactly, on the figure's fraction; two published figures are compared as they were published. Null only where
   the figure, or what it is held against, is missing. `judged` is a relation with numerator, denominator, scale, value,
   goal, comparator, aggregation, decimals, lower_bound, upper_bound, is_open_below, is_open_above, tolerance,
   earlier_value. #}
{% macro is_met(judged) -%}
    {%- set value = as_published(judged ~ '.value', judged ~ '.decimals') -%}
    {%- set earlier = as_published(judged ~ '.earlier_value', judged ~ '.decimals') -%}
    {%- set compares_published = judged ~ ".aggregation in ('growth', 'difference', 'quotient')" -%}
    case {{ judged }}.comparator
        when 'at_least' then {{ against(judged, 'goal') }} >= 0
        when 'above'
            then {{ against(judged, 'goal') }} > 0 and (not {{ compares_published }} or {{ value }} > {{ judged }}.goal)
        when 'at_most' then {{ against(judged, 'goal') }} <= 0
        when 'below'
            then {{ against(judged, 'goal') }} < 0 and (not {{ compares_published }} or {{ value }} < {{ judged }}.goal)
        when 'between' then {{ against(judged, 'lower_bound') }} >= 0 and {{ against(judged, 'upper_bound') }} <= 0
        when 'about'
            then
                ({{ judged }}.is_open_below or {{ against(judged, 'lower_bound') }} >= 0)
                and ({{ judged }}.is_open_above or {{ against(judged, 'upper_bound') }} <= 0)
        when 'zero' then {{ judged }}.value = 0
        when 'declines'
            then
                {{ value }} < {{ earlier }} + coalesce({{ judged }}.tolerance, 0)
                or ({{ value }} = 0 and {{ earlier }} = 0)
                or coalesce({{ value }} = {{ earlier }} + {{ judged }}.tolerance, false)
        when 'rises'
            then
                {{ value }} > {{ earlier }} - coalesce({{ judged }}.tolerance, 0)
                or coalesce({{ value }} = {{ earlier }} - {{ judged }}.tolerance, false)
        when 'done' then {{ judged }}.value >= 100
        when 'evidence' then {{ judged }}.value >= 100
    end
{%- endmacro %}

{% macro against(judged, bound) -%}
    {{ compare(judged ~ '.numerator', judged ~ '.denominator', judged ~ '.scale', judged ~ '.' ~ bound) }}
{%- endmacro %}

{# Attained, in percent to six digits cut off, of a figure as a fraction; all or nothing where there is no measure, and
   nothing where it is not known whether it is met: a missing base is neither 0 % nor 100 %. `judged` is a relation as
   for `is_met`, with is_met; growth comes as its index, 100 + growth against 100 + target. #}
{% macro attained_pct(judged) -%}
    {%- set over = [judged ~ '.numerator', judged ~ '.scale'] -%}
    {%- set denominator = judged ~ '.denominator' -%}
    case
        when {{ judged }}.numerator is null or {{ denominator }} is null then null
        when {{ judged }}.comparator in ('done', 'evidence') then {{ judged }}.value
        when {{ judged }}.comparator in ('zero', 'declines', 'rises') then {{ all_or_nothing(judged ~ '.is_met') }}
        when {{ judged }}.comparator in ('at_least', 'above')
            then
                case
                    when {{ judged }}.goal <= 0 then {{ all_or_nothing(judged ~ '.is_met') }}
                    else {{ percent(over, [denominator, judged ~ '.goal']) }}
                end
        when {{ judged }}.comparator in ('at_most', 'below')
            then
                case
                    when {{ judged }}.goal <= 0 then {{ all_or_nothing(judged ~ '.is_met') }}
                    when {{ against(judged, 'zero') }} <= 0 then 100
                    else {{ percent([judged ~ '.goal', denominator], over) }}
                end
        when {{ judged }}.is_met then 100
        when {{ against(judged, 'lower_bound') }} < 0
            then
                if(
                    {{ judged }}.lower_bound <= 0,
                    0,
                    {{ percent(over, [denominator, judged ~ '.lower_bound']) }}
                )
        else if({{ judged }}.upper_bound <= 0, 0, {{ percent([judged ~ '.upper_bound', denominator], over) }})
    end
{%- endmacro %}

{% macro all_or_nothing(met) -%}
    case {{ met }} when true then 100 when false then 0 end
{%- endmacro %}
