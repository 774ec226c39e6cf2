-- One day of one device, reading by reading, with its set points and the reading before.
select
    readings.metric, readings.observed_at, readings.value, readings.unit, readings.set_1,
    readings.set_2, readings.low_1, readings.low_2, readings.flag, readings.value_given,
    readings.unit_given,
    coalesce(
        devices.interval_seconds,
        median(date_diff('second', readings.before_at, readings.observed_at)) over ()
    ) as interval_seconds,
    readings.file_name, readings._sheet, readings._row_number
from (
    select *, lag(observed_at) over (partition by metric order by observed_at) as before_at
    from marts.fct_readings
    where device_id = $device and observed_on = $day
) as readings
inner join marts.dim_devices as devices on devices.device_id = $device
order by readings.metric, readings.observed_at
