-- Every file, sheet and export: where its rows went.
select
    _file_id, file_name, _sheet as sheet, export, contract, known_on, header_row,
    score as recognition, runner_up, runner_up_score, rows_read, rows_accepted, rows_duplicate,
    rows_superseded, rows_rejected,
    rows_read = rows_accepted + rows_duplicate + rows_superseded + rows_rejected as is_balanced
from marts.fct_file_ledger
where export is not null
order by is_balanced, rows_rejected desc, file_name, _sheet, export
