-- How often each reason rejected a row.
select reason as code, count(*) as count_rows
from marts.fct_rejected_rows
group by reason
order by count_rows desc, code
