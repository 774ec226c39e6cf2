-- Rows that were rejected, with the cell that made them so.
select
    file_name, _sheet as sheet, _row_number as row_number, export, reason, column_name, raw_value,
    cells,
    count(*) over () as count_all
from marts.fct_rejected_rows
where ($file is null or _file_id = $file) and (len($reasons) = 0 or list_contains($reasons, reason))
order by file_name, _sheet, _row_number, export
limit $limit
