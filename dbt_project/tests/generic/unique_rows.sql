{#- A returned row is a key that occurs more than once. -#}
{% test unique_rows(model, column_names) %}
select {{ column_names | join(', ') }}, count(*) as count_rows
from {{ model }}
group by {{ column_names | join(', ') }}
having count(*) > 1
{% endtest %}
