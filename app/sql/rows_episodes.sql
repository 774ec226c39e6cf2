-- Episodes recomputed from readings, newest first, with the line of their first reading.
select
    episodes.device_id, devices.device_code, episodes.started_at, episodes.started_on,
    episodes.minutes, episodes.level, episodes.metric, episodes.peak, episodes.unit,
    enterprises.enterprise_name, parks.park_name, episodes.town, devices.location,
    episodes.count_readings, episodes.is_reported,
    episodes.file_name, episodes._sheet, episodes._row_number,
    count(*) over () as count_all
from marts.fct_alarm_episodes as episodes
inner join marts.dim_devices as devices on episodes.device_id = devices.device_id
-- a device may belong to an enterprise, a park or nobody
left join marts.dim_enterprises as enterprises
    on episodes.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on episodes.park_id = parks.park_id
where
    ($only = 'all' or (episodes.started_on > $since and episodes.started_on <= $until))
    and ($month is null or strftime(episodes.started_on, '%Y-%m') = $month)
    and ($town is null or episodes.town = $town)
    and ($park is null or episodes.park_id = $park)
    and (
        $text = ''
        or contains(lower(devices.device_code), lower($text))
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
    )
order by episodes.started_at desc, episodes.episode_id
limit $limit
