{#-
    timeline: of candidates that overlap in known time, the best one at every moment.
    In: a relation with the key columns (never null), the value columns, known_from, known_to.
    Out: disjoint rows of key, values, known_from, known_to; moments without candidate are left out.
-#}
{% macro timeline(candidates, keys, values, order_by) -%}
(
    select
        {%- for column in keys %}
        spans.{{ column }},
        {%- endfor %}
        {%- for column in values %}
        {{ candidates }}.{{ column }},
        {%- endfor %}
        spans.known_from,
        spans.known_to
    from (
        select
            {{ keys | join(', ') }},
            day as known_from,
            lead(day, 1, {{ still() }})
                over (partition by {{ keys | join(', ') }} order by day) as known_to
        from (
            select {{ keys | join(', ') }}, known_from as day from {{ candidates }}
            union
            select {{ keys | join(', ') }}, known_to as day from {{ candidates }}
            where known_to < {{ still() }}
        ) as days
    ) as spans
    inner join {{ candidates }}
        on
            {%- for column in keys %}
            spans.{{ column }} = {{ candidates }}.{{ column }} and
            {%- endfor %}
            {{ candidates }}.known_from <= spans.known_from
            and {{ candidates }}.known_to > spans.known_from
    qualify row_number() over (
        partition by
            {%- for column in keys %} spans.{{ column }},{% endfor %} spans.known_from
        order by {{ order_by }}
    ) = 1
)
{%- endmacro %}

{#- merged_spans: neighbouring rows of a timeline with equal values become one. -#}
{% macro merged_spans(spans, keys, values) -%}
(
    select
        {{ (keys + values) | join(', ') }},
        min(known_from) as known_from,
        max(known_to) as known_to
    from (
        select
            *,
            sum(starts_anew) over (
                partition by {{ keys | join(', ') }} order by known_from
            ) as island
        from (
            select
                *,
                case
                    when known_from is distinct from lag(known_to) over key_rows
                    {%- for column in values %}
                        or {{ column }} is distinct from lag({{ column }}) over key_rows
                    {%- endfor %}
                        then 1
                    else 0
                end as starts_anew
            from {{ spans }}
            window key_rows as (partition by {{ keys | join(', ') }} order by known_from)
        ) as marked
    ) as islands
    group by {{ (keys + values) | join(', ') }}, island
)
{%- endmacro %}
