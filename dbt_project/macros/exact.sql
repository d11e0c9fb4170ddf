{# Exact arithmetic. DuckDB divides decimals as doubles, and a double's last digit decides whether 99.95 is 100.0. #}

{# A figure in millionths, as a whole number: decimal(24, 6) has no digit below that. A double holds those of a figure
   below a milliard exactly; it is ten times as fast as a decimal that becomes a whole number, which is divided for it. #}
{% macro millionths(figure) -%}
    {%- set exact = 'cast(' ~ figure ~ ' as decimal(24, 6))' -%}
    if(
        abs({{ figure }}) < 1000000000,
        cast(round(cast({{ exact }} as double) * 1000000) as hugeint),
        cast({{ exact }} * 1000000 as hugeint)
    )
{%- endmacro %}

{# scale x numerator / denominator to six digits, half away from zero; null where a part is missing or the
   denominator is zero. #}
{% macro divide(numerator, denominator, scale='1') -%}
    {{ divide_whole('(' ~ millionths(numerator) ~ ' * ' ~ millionths(scale) ~ ')', millionths(denominator)) }}
{%- endmacro %}

{# The quotient of two whole numbers, taken for millionths of a figure. #}
{% macro divide_whole(numerator, denominator) -%}
    cast({{ whole_quotient(numerator, denominator) }} * cast(0.000001 as decimal(6, 6)) as decimal(24, 6))
{%- endmacro %}

{# Likewise to twelve digits, for what is multiplied further before it is rounded. #}
{% macro divide_finely(numerator, denominator, scale='1') -%}
    {{ whole_quotient(
        '(' ~ millionths(numerator) ~ ' * ' ~ millionths(scale) ~ ' * 1000000)', millionths(denominator)
    ) }} * cast(0.000000000001 as decimal(12, 12))
{%- endmacro %}

{# What scale x numerator / denominator lacks of a bound, in equal parts, to six digits: divided once. #}
{% macro divide_rest(bound, numerator, denominator, scale, parts) -%}
    cast(
        {{ whole_quotient(
            '(' ~ millionths(bound) ~ ' * ' ~ millionths(denominator)
            ~ ' - ' ~ millionths(numerator) ~ ' * ' ~ millionths(scale) ~ ')',
            '(' ~ millionths(denominator) ~ ' * ' ~ parts ~ ')'
        ) }} * cast(0.000001 as decimal(6, 6)) as decimal(24, 6)
    )
{%- endmacro %}

{# One whole number as percent of another, to six digits cut off; null where a part is missing or the other is zero. #}
{% macro percent_cut_off(above, below) -%}
    cast(
        cast(
            sign({{ above }}) * sign({{ below }}) * (100000000 * abs({{ above }}) // nullif(abs({{ below }}), 0))
            as decimal(32, 0)
        ) * cast(0.000001 as decimal(6, 6)) as decimal(24, 6)
    )
{%- endmacro %}

{# Numerators multiplied, of denominators multiplied (two each), in percent to six digits: cut off, so that who rounds it
   further rounds once. Null where a part is missing or a denominator is zero. #}
{% macro percent(numerators, denominators) -%}
    {%- set above = millionths(numerators[0]) ~ ' * ' ~ millionths(numerators[1]) -%}
    {%- set below = millionths(denominators[0]) ~ ' * ' ~ millionths(denominators[1]) -%}
    {{ percent_cut_off(above, below) }}
{%- endmacro %}

{# The sign of scale x numerator / denominator - bound, exactly: 999 of 1,000 is below 100 %. #}
{% macro compare(numerator, denominator, scale, bound) -%}
    sign(
        ({{ millionths(numerator) }} * {{ millionths(scale) }} - {{ millionths(bound) }} * {{ millionths(denominator) }})
        * sign({{ millionths(denominator) }})
    )
{%- endmacro %}

{# Half away from zero, as governments publish: 2.5 gives 3, -2.5 gives -3. Division of whole numbers cuts off. #}
{% macro whole_quotient(numerator, denominator) -%}
    cast(
        (2 * {{ numerator }} + sign({{ numerator }}) * abs({{ denominator }})) // nullif(2 * {{ denominator }}, 0)
        as decimal(32, 0)
    )
{%- endmacro %}

{# A figure rounded to so many digits, half away from zero. #}
{% macro round_half_up(figure, digits) -%}
    cast(round({{ figure }}, {{ digits }}) as decimal(24, {{ digits }}))
{%- endmacro %}

{# A figure rounded to the decimals that its indicator is published with, a column; half away from zero. #}
{% macro as_published(figure, decimals) -%}
    {%- set unit -%}cast(power(10, 6 - {{ decimals }}) as bigint){%- endset -%}
    cast(
        {{ whole_quotient(millionths(figure), unit) }} * {{ unit }} * cast(0.000001 as decimal(6, 6)) as decimal(24, 6)
    )
{%- endmacro %}

{# How much of the way from a start to an aim a figure has gone, in percent to six digits cut off; exact. #}
{% macro percent_of_way(numerator, denominator, scale, start, aim) -%}
    {%- set above -%}
    ({{ millionths(numerator) }} * {{ millionths(scale) }} - {{ millionths(start) }} * {{ millionths(denominator) }})
    {%- endset -%}
    {%- set below = '(' ~ millionths(denominator) ~ ' * (' ~ millionths(aim) ~ ' - ' ~ millionths(start) ~ '))' -%}
    {{ percent_cut_off(above, below) }}
{%- endmacro %}

{# A figure as people write it: no zeros behind its last digit. #}
{% macro plain(figure, digits=2) -%}
    case
        when contains(cast(round({{ figure }}, {{ digits }}) as varchar), '.')
            then rtrim(rtrim(cast(round({{ figure }}, {{ digits }}) as varchar), '0'), '.')
        else cast(round({{ figure }}, {{ digits }}) as varchar)
    end
{%- endmacro %}

{# Likewise, with all its digits where two would make it look like `beside`, from which it differs. #}
{% macro plain_beside(figure, beside) -%}
    if(
        {{ figure }} <> {{ beside }} and round({{ figure }}, 2) = round({{ beside }}, 2),
        {{ plain(figure, 6) }},
        {{ plain(figure) }}
    )
{%- endmacro %}
