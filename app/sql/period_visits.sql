-- Visits of a period by kind: events, distinct enterprises, and visits that found something.
-- Kinds are never added up: what they count differs (domain.md 0, trap 8).
select
    coalesce(kind, '?') as kind,
    count(*) as count_visits,
    count(distinct enterprise_id) as count_enterprises,
    count(*) filter (where result = '发现问题' or count_hazards > 0 or is_bad)
        as count_with_problem
from marts.fct_inspections
where
    inspected_on >= $start and inspected_on < $end
    and ($town is null or town = $town)
group by all
order by count_visits desc, kind
