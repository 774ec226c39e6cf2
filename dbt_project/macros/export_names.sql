{#- The exports this project reads. -#}
{% macro export_names() -%}
    {{ return([
        'parks', 'enterprises', 'leases', 'inspections', 'hazards', 'cases', 'accidents',
        'devices', 'readings', 'alarms', 'visits', 'units',
    ]) }}
{%- endmacro %}
