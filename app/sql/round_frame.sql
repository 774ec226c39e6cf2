-- Every member of the cohort one round was drawn from.
select *
from marts.fct_round_frame
where round_id = $round
order by unit, subject_id
