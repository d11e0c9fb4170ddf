{# A department's text that may be as long as a cell of its file: cut after so many characters, and marked as cut. #}
{% macro shortened(text, characters) -%}
    if(length({{ text }}) > {{ characters }}, left({{ text }}, {{ characters }}) || '…', {{ text }})
{%- endmacro %}
