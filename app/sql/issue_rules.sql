-- How often each rule fired.
select rule as code, count(*) as count_rows
from marts.fct_issues
group by rule
order by count_rows desc, code
