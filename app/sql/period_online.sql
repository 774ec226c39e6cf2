-- Time online and installed of a period's device-days by kind of device (minutes), and the days
-- that have readings at all: a year with two months of readings is not a year offline.
with days as (
    select
        coalesce(devices.device_kind, '?') as device_kind,
        device_days.*
    from marts.fct_device_days as device_days
    inner join marts.dim_devices as devices on device_days.device_id = devices.device_id
    where
        device_days.day_on >= $start and device_days.day_on < $end
        and not devices.is_provisional
        and ($town is null or devices.town = $town)
),

covered as (
    select min(day_on) as first_on, max(day_on) as last_on
    from marts.fct_device_days
    where count_readings > 0 and day_on >= $start and day_on < $end
)

select
    days.device_kind,
    count(distinct days.device_id) as count_devices,
    coalesce(sum(days.online_minutes), 0)::double as online_minutes,
    coalesce(sum(days.installed_minutes), 0)::double as installed_minutes,
    count(*) filter (where days.is_frozen) as count_frozen_days,
    any_value(covered.first_on) as first_on,
    any_value(covered.last_on) as last_on
from days
inner join covered on days.day_on between covered.first_on and covered.last_on
group by days.device_kind
order by days.device_kind
