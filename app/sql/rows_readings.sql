-- Published readings with file and line: the doubtful ones, or all of a device or place.
select
    readings.observed_at, devices.device_code, readings.metric, readings.value, readings.unit,
    readings.value_given, readings.unit_given, readings.flag,
    enterprises.enterprise_name, parks.park_name, devices.town,
    readings.file_name, readings._sheet, readings._row_number,
    count(*) over () as count_all
from marts.fct_readings as readings
inner join marts.dim_devices as devices on readings.device_id = devices.device_id
-- a device may belong to an enterprise, a park or nobody
left join marts.dim_enterprises as enterprises on devices.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on devices.park_id = parks.park_id
where
    ($only = 'all' or readings.flag is not null)
    and ($month is null or strftime(readings.observed_on, '%Y-%m') = $month)
    and ($town is null or devices.town = $town)
    and ($park is null or devices.park_id = $park)
    and (
        $text = ''
        or contains(lower(devices.device_code), lower($text))
        or contains(lower(readings.metric), lower($text))
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
    )
order by readings.observed_at desc, devices.device_code, readings.metric, readings.reading_id
limit $limit
