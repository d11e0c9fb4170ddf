{# A department's text, which may be as long as a cell of its file and hold anything: cut after so many characters, and with
   a sign in the place of each control character, which a terminal would obey. #}
{% macro excerpt(text, characters) -%}
    regexp_replace(
        if(length({{ text }}) > {{ characters }}, left({{ text }}, {{ characters }}) || '…', {{ text }}),
        '\p{Cc}', '�', 'g'
    )
{%- endmacro %}
