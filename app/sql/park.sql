-- One park's register facts, its rank and its figures at the data date.
select
    parks.*,
    ranking.rank,
    ranking.score as risk_score,
    ranking.run_id,
    (select count(*) from marts.rpt_park_ranking) as count_cohort,
    (
        select count(*)
        from marts.fct_inspections
        where park_id = $park and inspected_on > $since and inspected_on <= $until
    ) as visits_12m,
    (
        select max(inspected_on) from marts.fct_inspections where park_id = $park
    ) as last_inspected_on,
    (
        select max_by(score, (inspected_on, inspection_id))
        from marts.fct_inspections
        where park_id = $park and score is not null
    ) as last_score,
    (
        select count(*)
        from marts.fct_hazards
        where
            park_id = $park and found_on > $since and found_on <= $until
            and level in ('较大', '重大')
    ) as hazards_serious_12m,
    (
        select count(*)
        from marts.fct_hazards
        where park_id = $park and found_on <= $until and not is_rectified
    ) as hazards_open,
    (
        select count(*)
        from marts.fct_hazards
        where park_id = $park and found_on <= $until and is_overdue
    ) as hazards_overdue,
    (
        select count(distinct case_id)
        from marts.fct_case_parties
        inner join marts.fct_cases using (case_id)
        where
            fct_case_parties.park_id = $park
            and fct_cases.decided_on > $since and fct_cases.decided_on <= $until
    ) as cases_12m,
    (
        select count(*)
        from marts.fct_accidents
        where
            park_id = $park and is_counted
            and occurred_on > $since and occurred_on <= $until
    ) as accidents_12m
from marts.dim_parks as parks
-- a park outside the cohort has no rank
left join marts.rpt_park_ranking as ranking on parks.park_id = ranking.park_id
where parks.park_id = $park
