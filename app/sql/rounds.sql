-- Every drawn round, the latest first.
select *
from marts.fct_rounds
order by begins_on desc, as_of_on desc, round_id
