-- Defects that kept the row: the cell was emptied, or the rows contradict each other.
select
    file_name, _sheet as sheet, _row_number as row_number, export, rule, column_name, raw_value,
    message,
    count(*) over () as count_all
from marts.fct_issues
where ($file is null or _file_id = $file) and (len($rules) = 0 or list_contains($rules, rule))
order by rule, file_name, _sheet, _row_number nulls first, issue_id
limit $limit
