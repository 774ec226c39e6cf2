-- Visits of a period by month and kind.
select
    date_trunc('month', inspected_on)::date as month,
    coalesce(kind, '?') as kind,
    count(*) as count_visits
from marts.fct_inspections
where
    inspected_on >= $start and inspected_on < $end
    and ($town is null or town = $town)
group by all
order by month, kind
