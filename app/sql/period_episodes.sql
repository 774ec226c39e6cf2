-- Alarm episodes recomputed from the readings of a period, by level.
select
    level,
    count(*) as count_episodes,
    count(distinct device_id) as count_devices,
    count(distinct enterprise_id) as count_enterprises,
    median(minutes) as median_minutes,
    count(*) filter (where not is_reported) as count_unreported
from marts.fct_alarm_episodes
where
    started_on >= $start and started_on < $end
    and ($town is null or town = $town)
group by level
order by level
