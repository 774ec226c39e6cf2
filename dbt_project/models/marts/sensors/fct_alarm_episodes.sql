with episodes as (
    select
        episodes.*,
        'current' as replay,
        {{ short_id(
            'a',
            "episodes.device_id || '|' || episodes.metric || '|' || episodes.side || '|' || "
            ~ "cast(episodes.started_second as varchar)"
        ) }} as episode_id,
        first_readings.observed_on as started_on,
        first_readings.unit,
        first_readings._file_id,
        first_readings.file_name,
        first_readings._sheet,
        first_readings._row_number,
        devices.enterprise_id,
        devices.own_park_id
    from {{ ref('int_alarm_episodes') }} as episodes
    inner join {{ ref('int_devices__placed') }} as devices
        on episodes.device_id = devices.device_id
    inner join {{ ref('int_readings__values') }} as first_readings
        on episodes.device_id = first_readings.device_id
        and episodes.metric = first_readings.metric
        and episodes.started_second = first_readings.observed_second
        and not first_readings.is_repeat
),

placed as (
    select * from {{ parks_on_day('episodes', ['episode_id'], 'started_on', 'started_on') }} as sited
),

reported as (
    select distinct episode_id from {{ ref('int_alarms__episodes') }}
)

select
    placed.episode_id,
    placed.device_id,
    placed.metric,
    placed.side,
    placed.enterprise_id,
    placed.park_id,
    coalesce(device_marts.town, enterprises.town, parks.town) as town,
    {{ instant_of('placed.started_second') }} as started_at,
    {{ instant_of('placed.ended_second') }} as ended_at,
    placed.started_on,
    cast((placed.ended_second - placed.started_second) / 60.0 as double) as minutes,
    case when placed.is_level_2 then '二级' else '一级' end as level,
    placed.peak,
    placed.unit,
    placed.count_readings,
    reported.episode_id is not null as is_reported,
    placed._file_id,
    placed.file_name,
    placed._sheet,
    placed._row_number
from placed
-- left: episodes no vendor reported, devices of no enterprise or park
left join reported on placed.episode_id = reported.episode_id
left join {{ ref('dim_devices') }} as device_marts on placed.device_id = device_marts.device_id
left join {{ ref('dim_enterprises') }} as enterprises
    on placed.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on placed.park_id = parks.park_id
