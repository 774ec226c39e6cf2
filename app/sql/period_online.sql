-- Time online and installed of a period's device-days by kind of device (minutes).
select
    coalesce(devices.device_kind, '?') as device_kind,
    count(distinct days.device_id) as count_devices,
    coalesce(sum(days.online_minutes), 0)::double as online_minutes,
    coalesce(sum(days.installed_minutes), 0)::double as installed_minutes,
    count(*) filter (where days.is_frozen) as count_frozen_days
from marts.fct_device_days as days
inner join marts.dim_devices as devices on days.device_id = devices.device_id
where
    days.day_on >= $start and days.day_on < $end
    and ($town is null or devices.town = $town)
group by all
order by device_kind
