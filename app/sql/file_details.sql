-- One file's content: its names and how it was read.
select *
from marts.dim_files
where _file_id = $file
