-- The ledger in one line, and what needs attention.
select
    (select count(*) from marts.dim_files) as count_files,
    (select count(*) from marts.dim_files where outcome = 'refused') as count_refused,
    (select count(*) from marts.fct_issues) as count_issues,
    coalesce(sum(rows_read), 0)::bigint as rows_read,
    coalesce(sum(rows_accepted), 0)::bigint as rows_accepted,
    coalesce(sum(rows_duplicate), 0)::bigint as rows_duplicate,
    coalesce(sum(rows_superseded), 0)::bigint as rows_superseded,
    coalesce(sum(rows_rejected), 0)::bigint as rows_rejected
from marts.fct_file_ledger
where export is not null
