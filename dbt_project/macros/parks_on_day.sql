{#-
    parks_on_day: the park of a fact on its day, as known at the end of another: its own, else that
    of a lease of its enterprise on that day, else the park the register names for the enterprise.
    In: a relation with replay, enterprise_id, own_park_id, the columns `on_day` and `seen_on` name,
    and the key columns. Out: the relation with park_id.
-#}
{% macro parks_on_day(facts, keys, on_day, seen_on) -%}
(
    select
        {{ facts }}.*,
        coalesce({{ facts }}.own_park_id, leases.park_id, enterprises.park_id) as park_id
    from {{ facts }}
    -- left: most facts have a park of their own, or none at all
    left join {{ ref('int_leases__known') }} as leases
        on {{ facts }}.replay = leases.replay
        and {{ facts }}.enterprise_id = leases.enterprise_id
        and {{ facts }}.{{ on_day }} >= leases.occupied_from
        and {{ facts }}.{{ on_day }} < leases.occupied_to
        and {{ facts }}.{{ seen_on }} >= leases.known_from
        and {{ facts }}.{{ seen_on }} < leases.known_to
    left join {{ ref('int_enterprises__known') }} as enterprises
        on {{ facts }}.replay = enterprises.replay
        and {{ facts }}.enterprise_id = enterprises.enterprise_id
        and {{ facts }}.{{ seen_on }} >= enterprises.known_from
        and {{ facts }}.{{ seen_on }} < enterprises.known_to
    qualify row_number() over (
        partition by
            {%- for key in keys %} {{ facts }}.{{ key }}{{ ',' if not loop.last }}{% endfor %}
        order by leases.start_on desc nulls last, leases.park_id
    ) = 1
)
{%- endmacro %}
