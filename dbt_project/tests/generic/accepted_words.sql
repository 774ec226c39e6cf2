{#- A returned row is a value outside the closed list (null is allowed). -#}
{% test accepted_words(model, column_name, words) %}
select {{ column_name }}, count(*) as count_rows
from {{ model }}
where {{ column_name }} is not null
    and {{ column_name }} not in ('{{ words | join("', '") }}')
group by {{ column_name }}
{% endtest %}
