-- The run behind the current ranking.
select runs.*
from marts.fct_model_runs as runs
where runs.unit = 'park' and runs.run_id in (select run_id from marts.rpt_park_ranking)
