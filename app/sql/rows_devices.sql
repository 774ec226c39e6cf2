-- Devices with what they sent in a window ($since, $until]: those of the data date, or all.
with days as (
    select
        device_id,
        sum(online_minutes) filter (where installed_minutes > 0)
            / nullif(sum(installed_minutes), 0) as online_share,
        sum(count_readings)::bigint as count_readings,
        sum(count_flagged)::bigint as count_flagged,
        sum(count_spikes)::bigint as count_spikes,
        count(*) filter (where is_frozen) as count_frozen_days
    from marts.fct_device_days
    where day_on > $since and day_on <= $until
    group by device_id
),

episodes as (
    select device_id, count(*) as count_episodes
    from marts.fct_alarm_episodes
    where started_on > $since and started_on <= $until
    group by device_id
)

select
    devices.device_id, devices.device_code, devices.device_name, devices.device_kind, devices.gas,
    devices.unit, devices.alarm_1, devices.alarm_2, devices.range_high, devices.interval_seconds,
    enterprises.enterprise_name, parks.park_name, devices.town, devices.location,
    devices.installed_on, devices.calibrated_until, devices.removed_on, devices.vendor,
    devices.device_status, devices.is_set_point_too_high, devices.is_provisional,
    devices.last_reading_on, days.online_share, days.count_readings, days.count_flagged,
    nullif(days.count_spikes, 0) as count_spikes,
    nullif(days.count_frozen_days, 0) as count_frozen_days,
    case when days.device_id is not null then coalesce(episodes.count_episodes, 0) end
        as count_episodes,
    devices.file_name, devices._sheet, devices._row_number,
    count(*) over () as count_all
from marts.dim_devices as devices
-- a device may belong to an enterprise, a park or nobody, and may never have sent anything
left join marts.dim_enterprises as enterprises on devices.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on devices.park_id = parks.park_id
left join days on devices.device_id = days.device_id
left join episodes on devices.device_id = episodes.device_id
where
    (
        $only = 'all'
        or (
            coalesce(devices.installed_on <= $until, true)
            and coalesce(devices.removed_on > $until, true)
            and not devices.is_provisional
        )
    )
    and ($only <> 'sending' or devices.last_reading_on is not null)
    and ($only <> 'too_high' or devices.is_set_point_too_high)
    and ($town is null or devices.town = $town)
    and ($park is null or devices.park_id = $park)
    and (
        $text = ''
        or contains(lower(devices.device_code), lower($text))
        or contains(lower(coalesce(devices.gas, '')), lower($text))
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
        or contains(lower(coalesce(devices.location, '')), lower($text))
    )
order by days.online_share nulls last, devices.device_code, devices.device_id
limit $limit
