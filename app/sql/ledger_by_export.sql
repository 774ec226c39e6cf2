-- Where the rows of each export went, and from how many files.
select
    export,
    count(distinct _file_id) as count_files,
    sum(rows_read)::bigint as rows_read,
    sum(rows_accepted)::bigint as rows_accepted,
    sum(rows_duplicate)::bigint as rows_duplicate,
    sum(rows_superseded)::bigint as rows_superseded,
    sum(rows_rejected)::bigint as rows_rejected
from marts.fct_file_ledger
where export is not null
group by export
order by rows_read desc, export
