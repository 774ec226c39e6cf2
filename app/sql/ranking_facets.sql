-- How many ranked parks each town and each kind has ('?' = not stated).
select 'town' as facet, coalesce(town, '?') as code, count(*) as parks
from marts.rpt_park_ranking
group by all
union all
select 'kind' as facet, coalesce(park_kind, '?') as code, count(*) as parks
from marts.rpt_park_ranking
group by all
order by facet, parks desc, code
