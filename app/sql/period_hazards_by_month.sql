-- Hazards found in a period by month, the serious ones beside all.
select
    date_trunc('month', found_on)::date as month,
    count(*) as count_found,
    count(*) filter (where level in ('较大', '重大')) as count_serious
from marts.fct_hazards
where
    found_on >= $start and found_on < $end
    and ($town is null or town = $town)
group by all
order by month
