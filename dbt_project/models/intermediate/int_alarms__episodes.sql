-- alarms of the vendor's system beside the episodes its readings show
with alarms as (
    select
        alarms.source_system,
        alarms._key,
        coalesce(
            devices.device_id, {{ device_id('cast(null as varchar)', 'alarms.device_code') }}
        ) as device_id,
        alarms.started_on,
        {{ second_of('alarms.started_on', 'alarms.started_clock') }} as started_second,
        alarms.started_clock is not null and alarms.level in ('一级', '二级') as is_comparable
    from {{ ref('int_alarms__versions') }} as alarms
    -- left: a device no register names
    left join {{ ref('int_devices__known') }} as devices
        on alarms.source_system = devices.source_system
        and alarms.device_code = devices.device_code and devices.replay = 'current'
    where alarms.disposition = 'accepted' and alarms.device_code is not null
),

-- the alarm may begin up to the gap that still touches before or after the episode
episodes as (
    select
        episodes.device_id,
        {{ short_id(
            'a',
            "episodes.device_id || '|' || episodes.metric || '|' || episodes.side || '|' || "
            ~ "cast(episodes.started_second as varchar)"
        ) }} as episode_id,
        episodes.started_second - 3 * intervals.interval_seconds as from_second,
        episodes.ended_second + 3 * intervals.interval_seconds as to_second,
        episodes.started_second
    from {{ ref('int_alarm_episodes') }} as episodes
    inner join {{ ref('int_device_intervals') }} as intervals
        on episodes.device_id = intervals.device_id and episodes.metric = intervals.metric
),

-- days on which the readings could have shown an alarm
watched as (
    select distinct device_id, observed_on
    from {{ ref('int_readings__values') }}
    where has_set_points and value is not null
)

select
    alarms.source_system,
    alarms._key,
    alarms.device_id,
    episodes.episode_id,
    case
        when episodes.episode_id is not null then 'matched'
        when alarms.is_comparable and watched.device_id is not null then 'extra'
        else 'unchecked'
    end as reconciled
from alarms
-- left: alarms without an episode, days without readings
left join episodes
    on alarms.device_id = episodes.device_id
    and alarms.is_comparable
    and alarms.started_second >= episodes.from_second
    and alarms.started_second <= episodes.to_second
left join watched
    on alarms.device_id = watched.device_id and alarms.started_on = watched.observed_on
qualify row_number() over (
    partition by alarms.source_system, alarms._key
    order by abs(alarms.started_second - episodes.started_second) nulls last, episodes.episode_id
) = 1
