-- Counted accidents of a period by month.
select
    date_trunc('month', occurred_on)::date as month,
    count(*) as count_accidents
from marts.fct_accidents
where
    is_counted
    and occurred_on >= $start and occurred_on < $end
    and ($town is null or town = $town)
group by all
order by month
