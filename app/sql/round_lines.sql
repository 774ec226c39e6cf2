-- The lines of one round in order; whoever is owed a visit and did not fit comes last.
select *
from marts.fct_round_lines
where round_id = $round
order by place nulls last, duty_place, unit, subject_id
