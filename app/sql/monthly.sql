-- Visits and hazards of every month since $since, of all towns or one.
select
    month,
    coalesce(inspection_kind, '?') as kind,
    sum(count_inspections)::bigint as count_inspections,
    sum(count_bad)::bigint as count_bad,
    sum(count_hazards)::bigint as count_hazards,
    sum(count_serious_hazards)::bigint as count_serious_hazards
from marts.rpt_monthly
where month > $since and month <= $until and ($town is null or town = $town)
group by all
order by month, kind
