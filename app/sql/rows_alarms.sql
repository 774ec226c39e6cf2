-- Alarms the vendors' systems reported, newest first: all, or those of a window.
select
    alarms.device_id, alarms.alarm_code, devices.device_code, devices.device_kind,
    alarms.started_on, alarms.started_clock, alarms.level, alarms.verified, alarms.reconciled,
    alarms.peak, alarms.unit, enterprises.enterprise_name, parks.park_name, alarms.town,
    devices.location, alarms.minutes_to_acknowledge, alarms.acknowledged_on, alarms.handled_on,
    alarms.ended_on,
    alarms.file_name, alarms._sheet, alarms._row_number,
    count(*) over () as count_all
from marts.fct_alarms as alarms
-- an alarm may name a device, an enterprise, a park or several of them
left join marts.dim_devices as devices on alarms.device_id = devices.device_id
left join marts.dim_enterprises as enterprises on alarms.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on alarms.park_id = parks.park_id
where
    ($only = 'all' or (alarms.started_on > $since and alarms.started_on <= $until))
    and ($only <> 'true' or alarms.verified = '真警')
    and ($month is null or strftime(alarms.started_on, '%Y-%m') = $month)
    and ($town is null or alarms.town = $town)
    and ($park is null or alarms.park_id = $park)
    and (
        $text = ''
        or contains(lower(coalesce(alarms.alarm_code, '')), lower($text))
        or contains(lower(coalesce(devices.device_code, '')), lower($text))
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
    )
order by alarms.started_on desc, alarms.started_clock desc nulls last, alarms.alarm_id
limit $limit
