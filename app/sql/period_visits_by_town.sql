-- Visits of a period by town and kind ('?' = not stated).
select
    coalesce(town, '?') as town,
    coalesce(kind, '?') as kind,
    count(*) as count_visits
from marts.fct_inspections
where
    inspected_on >= $start and inspected_on < $end
    and ($town is null or town = $town)
group by all
order by town, kind
