with devices as (
    select 'park' as unit, park_id as subject_id, * from {{ ref('int_device_months') }}
    where park_id is not null
    union all
    select 'enterprise', enterprise_id, * from {{ ref('int_device_months') }}
    where enterprise_id is not null
),

episodes as (
    select
        replay, month_index, device_id,
        count(case when not is_level_2 then 1 end) as level1_episodes,
        count(case when is_level_2 then 1 end) as level2_episodes
    from {{ ref('int_alarm_episodes__seen') }}
    group by replay, month_index, device_id
),

-- devices whose values are known: without readings nobody can say there was no episode
watched as (
    select distinct seen.replay, seen.month_index, seen.device_id
    from {{ ref('int_readings__seen') }} as seen
    where seen.value is not null and coalesce(seen.set_1, seen.low_1) is not null
        and seen.observed_second >= {{ day_second(month_end('seen.month_index - 3') ~ ' + 1') }}
),

of_devices as (
    select
        devices.unit,
        devices.replay,
        devices.subject_id,
        devices.month_index,
        count(*) as count_devices,
        count(case when devices.gas_kind is not null then watched.device_id end)
            as count_watched,
        coalesce(sum(case when devices.gas_kind is not null then episodes.level1_episodes end), 0)
            as level1_episodes,
        coalesce(sum(case when devices.gas_kind is not null then episodes.level2_episodes end), 0)
            as level2_episodes,
        count(devices.is_set_point_too_high) as count_judged,
        count(case when devices.is_set_point_too_high then 1 end) as count_too_high,
        sum(online.connected_seconds) as connected_seconds,
        sum(online.online_seconds) as online_seconds
    from devices
    -- left: devices without episodes, without readings
    left join episodes
        on devices.replay = episodes.replay and devices.month_index = episodes.month_index
        and devices.device_id = episodes.device_id
    left join watched
        on devices.replay = watched.replay and devices.month_index = watched.month_index
        and devices.device_id = watched.device_id
    left join {{ ref('int_device_online__seen') }} as online
        on devices.replay = online.replay and devices.month_index = online.month_index
        and devices.device_id = online.device_id
    group by devices.unit, devices.replay, devices.subject_id, devices.month_index
),

alarms as (
    select 'park' as unit, park_id as subject_id, * from {{ ref('int_alarms__known') }}
    where park_id is not null and replay <> 'current'
    union all
    select 'enterprise', enterprise_id, * from {{ ref('int_alarms__known') }}
    where enterprise_id is not null and replay <> 'current'
),

-- as it happened, an alarm is verified on the day it is handled (exports.md 9.4.9)
of_alarms as (
    select
        alarms.unit,
        alarms.replay,
        alarms.subject_id,
        months.month_index,
        count(case
            when alarms.verified = '真警'
                and (alarms.replay = 'as_published' or alarms.handled_on <= months.as_of_on)
                then 1
        end) as true_alarms_12m
    from alarms
    inner join {{ ref('int_months') }} as months
        on alarms.replay = months.replay
        and alarms.event_on <= months.as_of_on
        and alarms.event_on > {{ month_end('months.month_index - 12') }}
        and alarms.known_from <= months.as_of_on and alarms.known_to > months.as_of_on
    group by alarms.unit, alarms.replay, alarms.subject_id, months.month_index
),

subjects as (
    select unit, replay, subject_id, month_index from of_devices
    union
    select unit, replay, subject_id, month_index from of_alarms
)

select
    subjects.unit,
    subjects.replay,
    subjects.subject_id,
    subjects.month_index,
    cast(case when of_devices.count_watched > 0 then of_devices.level1_episodes end as bigint)
        as gas_level1_episodes_3m,
    cast(case when of_devices.count_watched > 0 then of_devices.level2_episodes end as bigint)
        as gas_level2_episodes_3m,
    {{ share('of_devices.online_seconds', 'of_devices.connected_seconds') }}
        as device_online_share_3m,
    -- who has neither device nor alarm has nothing that could tell
    cast(coalesce(of_alarms.true_alarms_12m, 0) as bigint) as true_alarms_12m,
    cast(case when of_devices.count_judged > 0 then of_devices.count_too_high end as bigint)
        as devices_set_too_high
from subjects
-- left: subjects with alarms and no device, and the other way round
left join of_devices
    on subjects.unit = of_devices.unit and subjects.replay = of_devices.replay
    and subjects.subject_id = of_devices.subject_id
    and subjects.month_index = of_devices.month_index
left join of_alarms
    on subjects.unit = of_alarms.unit and subjects.replay = of_alarms.replay
    and subjects.subject_id = of_alarms.subject_id
    and subjects.month_index = of_alarms.month_index
