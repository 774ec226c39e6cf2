-- Cases decided in a period by month.
select
    date_trunc('month', decided_on)::date as month,
    count(*) as count_cases
from marts.fct_cases
where
    decided_on >= $start and decided_on < $end
    and ($town is null or town = $town)
group by all
order by month
