{#-
    The as-of rule, here and nowhere else.

    Day D means the end of D. A fact is in the state of D when its event date <= D and
    known_from <= D < known_to; a window of n months is (D - n months, D]. Every D is the last day
    of a month, so all of it is arithmetic on month indexes: a day counts from the month it lies
    in (its month end is the first D >= day). Source: exports.md 9.4, design.md 3.5.

    known_to is never null here: `still()` stands for "not superseded yet".
-#}

{#- Number of a day's month, from year 0; the first D that sees a day is its month's end. -#}
{% macro month_index(day) -%}
    cast(extract(year from {{ day }}) * 12 + extract(month from {{ day }}) as integer)
{%- endmacro %}

{#- Last day of a month given by its index. -#}
{% macro month_end(index) -%}
    last_day(make_date(
        cast(floor(({{ index }} - 1) / 12.0) as integer),
        cast({{ index }} - 12 * floor(({{ index }} - 1) / 12.0) as integer),
        1
    ))
{%- endmacro %}

{#- End of an interval that has not ended. -#}
{% macro still() -%} date '9999-12-31' {%- endmacro %}

{#- Known day of a row nobody dated: after every D, before `still()`. -#}
{% macro undated() -%} date '9999-12-30' {%- endmacro %}

{#- Known day of a row that counts as known all along. -#}
{% macro always() -%} date '1900-01-01' {%- endmacro %}

{#- First month end whose state holds a fact: it has happened and it is known. -#}
{% macro first_month(event_on, known_from='known_from') -%}
    greatest({{ month_index(event_on) }}, {{ month_index(known_from) }})
{%- endmacro %}

{#- First month end whose state no longer holds a fact: it left the window of n months, or the
    version was superseded. Without n the fact stays. -#}
{% macro last_month(event_on=none, months=none, known_to='known_to') -%}
    {%- if months is none -%}
    {{ month_index(known_to) }}
    {%- else -%}
    least({{ month_index(event_on) }} + {{ months }}, {{ month_index(known_to) }})
    {%- endif -%}
{%- endmacro %}

{#- Whole days between two days. -#}
{% macro days_between(first_day, second_day) -%}
    cast({{ dbt.datediff(first_day, second_day, 'day') }} as integer)
{%- endmacro %}

{#- Whether two half-open intervals of known days meet. -#}
{% macro known_together(left, right) -%}
    greatest({{ left }}.known_from, {{ right }}.known_from)
    < least({{ left }}.known_to, {{ right }}.known_to)
{%- endmacro %}
