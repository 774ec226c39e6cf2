-- Stored values of every coded column.
select export, column_name, code
from marts.dim_code_choices
order by export, column_name, position, code
