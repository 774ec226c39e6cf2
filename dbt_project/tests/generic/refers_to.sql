{#- A returned row is a key the other table does not have (null is allowed). -#}
{% test refers_to(model, column_name, to, field) %}
select facts.{{ column_name }}, count(*) as count_rows
from {{ model }} as facts
-- left: the keys without a partner are what is looked for
left join {{ to }} as keys on facts.{{ column_name }} = keys.{{ field }}
where facts.{{ column_name }} is not null and keys.{{ field }} is null
group by facts.{{ column_name }}
{% endtest %}
