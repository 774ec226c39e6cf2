{#- Small expressions of feature marts. -#}

{#- part / whole as a share 0-1; null when there is no whole. -#}
{% macro share(part, whole) -%}
    case when {{ whole }} > 0 then cast({{ part }} as double) / {{ whole }} end
{%- endmacro %}

{#- A boolean as 1 / 0 / null, the form learners read. -#}
{% macro flag(condition) -%}
    cast({{ condition }} as integer)
{%- endmacro %}
