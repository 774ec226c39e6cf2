-- Every line of the list of rows to correct.
select *
from marts.rpt_corrections
order by town nulls last, export, file_name, _sheet, _row_number, line_id
