{#-
    spans_of: one feature as half-open intervals of months in which a fact counts.
    `facts` has unit, replay, subject_id, known_from, known_to.
-#}
{% macro spans_of(feature, facts, from_month, to_month, condition='true', weight='1') -%}
    select
        unit,
        replay,
        subject_id,
        '{{ feature }}' as feature,
        {{ from_month }} as from_month,
        {{ to_month }} as to_month,
        cast({{ weight }} as bigint) as weight
    from {{ facts }}
    where {{ condition }}
{%- endmacro %}

{#- A fact of `event_on` inside a window of n months (none: for ever), known. -#}
{% macro counted(feature, facts, event_on, months=none, condition='true', weight='1') -%}
{{ spans_of(
    feature, facts, first_month(event_on), last_month(event_on, months), condition, weight
) }}
{%- endmacro %}

{#- A state from its first day to the day it ends, as far as known. -#}
{% macro lasting(feature, facts, begins_on, ends_on, condition='true', weight='1') -%}
{{ spans_of(
    feature, facts, first_month(begins_on),
    'least(' ~ month_index(ends_on) ~ ', ' ~ month_index('known_to') ~ ')', condition, weight
) }}
{%- endmacro %}

{#- deltas: spans as +weight where they begin and -weight where they end, added up; what began
    before the first as-of month counts from it. -#}
{% macro deltas(spans) -%}
    select
        unit, replay, subject_id, feature, month_index,
        cast(sum(delta) as bigint) as delta
    from (
        select
            bounded.unit, bounded.replay, bounded.subject_id, bounded.feature,
            bounded.from_month as month_index, bounded.weight as delta
        from (
            select
                {{ spans }}.unit, {{ spans }}.replay, {{ spans }}.subject_id,
                {{ spans }}.feature, {{ spans }}.weight, {{ spans }}.to_month,
                greatest({{ spans }}.from_month, months.month_index) as from_month
            from {{ spans }}
            inner join {{ ref('int_months') }} as months
                on {{ spans }}.replay = months.replay and months.is_first
        ) as bounded
        where bounded.from_month < bounded.to_month
        union all
        select
            bounded.unit, bounded.replay, bounded.subject_id, bounded.feature,
            bounded.to_month, -bounded.weight
        from (
            select
                {{ spans }}.unit, {{ spans }}.replay, {{ spans }}.subject_id,
                {{ spans }}.feature, {{ spans }}.weight, {{ spans }}.to_month,
                greatest({{ spans }}.from_month, months.month_index) as from_month
            from {{ spans }}
            inner join {{ ref('int_months') }} as months
                on {{ spans }}.replay = months.replay and months.is_first
        ) as bounded
        where bounded.from_month < bounded.to_month
    ) as steps
    group by unit, replay, subject_id, feature, month_index
    having sum(delta) <> 0
{%- endmacro %}
