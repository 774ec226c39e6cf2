-- How many lines each town has.
select coalesce(town, '?') as town, count(*) as count_rows
from marts.rpt_corrections
group by coalesce(town, '?')
order by count_rows desc, town
