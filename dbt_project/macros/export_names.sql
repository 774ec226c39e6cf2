{#- The exports this project reads. -#}
{% macro export_names() -%}
    {{ return(['parks', 'enterprises', 'leases', 'inspections', 'hazards', 'units']) }}
{%- endmacro %}
