{#- A returned row is a key with two values at one moment, or a span that ends before it begins. -#}
{% test disjoint_spans(model, column_names) %}
select {{ column_names | join(', ') }}, known_from, known_to
from (
    select
        *,
        lag(known_to) over (
            partition by {{ column_names | join(', ') }} order by known_from
        ) as known_to_before
    from {{ model }}
) as spans
where known_to_before > known_from or known_from >= known_to
{% endtest %}
