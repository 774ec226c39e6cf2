-- A returned row means: rows of a sheet were lost or counted twice on the way to the versions
-- (exports.md 9.4.4).
select _file_id, _sheet, export, rows_read, rows_accepted, rows_duplicate, rows_superseded,
    rows_rejected
from {{ ref('fct_file_ledger') }}
where export is not null
    and rows_read <> rows_accepted + rows_duplicate + rows_superseded + rows_rejected
