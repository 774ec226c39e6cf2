-- Days of a device whose readings are published, newest first, and whether they hold an episode.
select
    readings.observed_on as day_on,
    readings.observed_on in (
        select started_on from marts.fct_alarm_episodes where device_id = $device
    ) as has_episode
from marts.fct_readings as readings
where readings.device_id = $device
group by readings.observed_on
order by readings.observed_on desc
