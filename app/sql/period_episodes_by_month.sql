-- Alarm episodes recomputed from the readings of a period, by month and level.
select
    date_trunc('month', started_on)::date as month,
    level,
    count(*) as count_episodes
from marts.fct_alarm_episodes
where
    started_on >= $start and started_on < $end
    and ($town is null or town = $town)
group by all
order by month, level
