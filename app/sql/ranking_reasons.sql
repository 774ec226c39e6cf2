-- Up to three reasons that raise each park's score in the current run, strongest first.
select
    park_id,
    feature,
    value
from marts.fct_park_reasons
where
    run_id in (select run_id from marts.rpt_park_ranking)
    and position > 0
    and contribution > 0
qualify row_number() over (partition by park_id order by contribution desc, feature) <= 3
order by park_id, contribution desc, feature
