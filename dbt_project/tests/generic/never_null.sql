{#- A returned row has a null in one of the columns; it shows which row. -#}
{% test never_null(model, column_names) %}
select *
from {{ model }}
where {% for column_name in column_names %}{{ column_name }} is null{{ ' or ' if not loop.last }}{% endfor %}
limit 100
{% endtest %}
