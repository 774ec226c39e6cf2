{#- The returned row is the count of a table that should hold exactly one row. -#}
{% test has_one_row(model) %}
select count(*) as count_rows
from {{ model }}
having count(*) <> 1
{% endtest %}
