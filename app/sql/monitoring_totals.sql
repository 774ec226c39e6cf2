-- Figures of the monitoring page: devices at the data date, time online, episodes and alarms of a
-- window ($since, $until].
with devices as (
    select *
    from marts.dim_devices
    where
        coalesce(installed_on <= $until, true) and coalesce(removed_on > $until, true)
        and ($town is null or town = $town)
),

days as (
    select
        sum(days.online_minutes) as online_minutes,
        sum(days.installed_minutes) as installed_minutes
    from marts.fct_device_days as days
    inner join devices on days.device_id = devices.device_id
    where days.day_on > $since and days.day_on <= $until and days.installed_minutes > 0
),

episodes as (
    select
        count(*) as count_episodes,
        count(*) filter (where level = '二级') as count_level_2,
        count(*) filter (where not is_reported) as count_unreported
    from marts.fct_alarm_episodes
    where started_on > $since and started_on <= $until and ($town is null or town = $town)
),

alarms as (
    select
        count(*) as count_alarms,
        count(*) filter (where verified = '误报') as count_false,
        count(*) filter (where verified in ('真警', '误报')) as count_verified,
        median(minutes_to_acknowledge) as minutes_to_acknowledge
    from marts.fct_alarms
    where started_on > $since and started_on <= $until and ($town is null or town = $town)
)

select
    (select count(*) from devices where not is_provisional) as count_devices,
    (select count(*) from devices where last_reading_on is not null) as count_sending,
    (select count(*) from devices where is_set_point_too_high) as count_set_too_high,
    (select count(*) from devices where calibrated_until <= $until) as count_expired,
    days.online_minutes / nullif(days.installed_minutes, 0) as online_share,
    episodes.*,
    alarms.count_alarms,
    alarms.count_false::double / nullif(alarms.count_verified, 0) as false_share,
    alarms.minutes_to_acknowledge
from days
cross join episodes
cross join alarms
