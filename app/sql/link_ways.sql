-- How many identities each way linked.
select linked_by as code, count(*) as count_rows
from marts.fct_subject_links
group by linked_by
order by count_rows desc, code
