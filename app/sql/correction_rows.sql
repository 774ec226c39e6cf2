-- Rows a town can put right: one line a defect.
select
    coalesce(corrections.town, '?') as town,
    corrections.file_name,
    corrections._sheet as sheet,
    corrections._row_number as row_number,
    corrections.export,
    corrections.is_rejected,
    corrections.rule,
    corrections.column_name,
    corrections.raw_value,
    count(*) over () as count_all
from marts.rpt_corrections as corrections
where $town is null or coalesce(corrections.town, '?') = $town
order by
    town, corrections.export, corrections.file_name, corrections._sheet,
    corrections._row_number, corrections.rule, corrections.line_id
limit $limit
