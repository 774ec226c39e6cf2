{#- Small expressions of the sensor path. -#}

{#- A local day and clock as whole seconds since 1970-01-01 00:00:00 local: exact to subtract. -#}
{% macro second_of(day, clock) -%}
    cast({{ days_between("date '1970-01-01'", day) }} as bigint) * 86400
    + cast(substr(coalesce({{ clock }}, '00:00:00'), 1, 2) as bigint) * 3600
    + cast(substr(coalesce({{ clock }}, '00:00:00'), 4, 2) as bigint) * 60
    + cast(substr(coalesce({{ clock }}, '00:00:00'), 7, 2) as bigint)
{%- endmacro %}

{#- First second of a day. -#}
{% macro day_second(day) -%}
    cast({{ days_between("date '1970-01-01'", '(' ~ day ~ ')') }} as bigint) * 86400
{%- endmacro %}

{#- Seconds since 1970 as local wall time. -#}
{% macro instant_of(second) -%}
    timestamp '1970-01-01 00:00:00' + {{ second }} * interval '1' second
{%- endmacro %}

{#- Id of a device: the system whose register names it (none = nobody does) and its code. -#}
{% macro device_id(system, code) -%}
    {{ short_id('d', "coalesce(" ~ system ~ ", '') || '|' || " ~ code) }}
{%- endmacro %}

{#- A gas as the rule tables name it. -#}
{% macro gas_name(text) -%}
    lower({{ comparable_text(text) }})
{%- endmacro %}

{#- Kind of gas a device or metric measures, where its register does not say: by unit, then gas. -#}
{% macro gas_kind(unit, gas, limits) -%}
    case
        when {{ unit }} = '%LEL' then '可燃气体'
        when {{ gas }} = '氧气' then '氧气'
        when {{ limits }}.oel_mg_m3 is not null and {{ unit }} in ('ppm', 'mg/m³') then '有毒气体'
        when {{ limits }}.lel_vol_pct is not null then '可燃气体'
    end
{%- endmacro %}

{#- What a value of one unit is multiplied by to stand in another; null = cannot be converted.
    Needs lel_vol_pct and mg_m3_per_ppm of the gas. Source: exports.md 9.6 (500 ppm = 1 %LEL). -#}
{% macro unit_factor(given, wanted) -%}
    case
        when {{ given }} = '' or {{ wanted }} is null or {{ given }} = {{ wanted }} then 1.0
        when {{ wanted }} = '%LEL' then case {{ given }}
            when 'ppm' then 1 / (lel_vol_pct * 100)
            when '%VOL' then 100 / lel_vol_pct
        end
        when {{ wanted }} = 'ppm' then case {{ given }}
            when '%LEL' then lel_vol_pct * 100
            when '%VOL' then 10000.0
            when 'mg/m³' then 1 / mg_m3_per_ppm
        end
        when {{ wanted }} = '%VOL' then case {{ given }}
            when '%LEL' then lel_vol_pct / 100
            when 'ppm' then 0.0001
        end
        when {{ wanted }} = 'mg/m³' and {{ given }} = 'ppm' then mg_m3_per_ppm
    end
{%- endmacro %}
