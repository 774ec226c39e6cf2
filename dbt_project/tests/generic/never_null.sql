{#- A returned row has a null in one of the columns; it shows which row. -#}
{% test never_null(model, column_names) %}
select *
from {{ model }}
where {{ column_names | join(' is null or ') }} is null
limit 100
{% endtest %}
