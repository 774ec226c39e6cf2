-- What the current run's score of one park is made of; position 0 is the base.
select
    feature,
    value,
    contribution,
    position
from marts.fct_park_reasons
where park_id = $park and run_id in (select run_id from marts.rpt_park_ranking)
order by position
