-- Files that were refused as a whole, and why.
select
    file_name, refused_code, refused_sentence, kind as file_kind, size_bytes / 1024.0 as size_kb,
    first_seen_at
from marts.dim_files
where outcome = 'refused'
order by first_seen_at desc, file_name
