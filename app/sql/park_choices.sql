-- Every park, the ranked ones first.
select
    parks.park_id,
    parks.park_name,
    parks.town,
    ranking.rank
from marts.dim_parks as parks
-- a park outside the cohort has no rank
left join marts.rpt_park_ranking as ranking on parks.park_id = ranking.park_id
order by ranking.rank nulls last, parks.park_name, parks.park_id
