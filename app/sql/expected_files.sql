-- Files expected by rule or habit, the newest month first.
select *
from marts.rpt_expected_files
order by is_missing desc, due_on desc, source_system, export, town
