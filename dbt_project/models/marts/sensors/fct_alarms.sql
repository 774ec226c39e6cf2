with alarms as (
    select
        *,
        case when started_clock is not null then {{ second_of('started_on', 'started_clock') }} end
            as started_second,
        case
            when acknowledged_clock is not null
                then {{ second_of('acknowledged_on', 'acknowledged_clock') }}
        end as acknowledged_second
    from {{ ref('int_alarms__versions') }}
    where disposition = 'accepted'
),

subjects as (
    select * from {{ ref('int_alarms__known') }}
    where replay = 'current'
)

select
    {{ row_id('w', 'alarms') }} as alarm_id,
    alarms.alarm_code,
    reconciled.device_id,
    subjects.enterprise_id,
    subjects.park_id,
    coalesce(towns.resolved_town, devices.town, enterprises.town, parks.town) as town,
    alarms.started_on,
    alarms.started_clock,
    alarms.ended_on,
    alarms.ended_clock,
    alarms.level,
    alarms.peak,
    coalesce(alarms.unit, devices.unit) as unit,
    alarms.verified,
    alarms.acknowledged_on,
    alarms.acknowledged_clock,
    alarms.handled_on,
    -- an alarm acknowledged before it began has a wrong clock, not a quick answer
    cast(case
        when alarms.acknowledged_second >= alarms.started_second
            then (alarms.acknowledged_second - alarms.started_second) / 60.0
    end as double) as minutes_to_acknowledge,
    reconciled.episode_id,
    coalesce(reconciled.reconciled, 'unchecked') as reconciled,
    alarms.known_from,
    alarms.source_system,
    alarms._file_id,
    alarms.file_name,
    alarms._sheet,
    alarms._row_number
from alarms
inner join subjects
    on alarms.source_system = subjects.source_system and alarms._key = subjects._key
-- left: alarms without a device, a town, an enterprise or a park
left join {{ ref('int_alarms__episodes') }} as reconciled
    on alarms.source_system = reconciled.source_system and alarms._key = reconciled._key
left join {{ ref('dim_devices') }} as devices on reconciled.device_id = devices.device_id
left join {{ ref('int_towns') }} as towns on alarms.town = towns.town
left join {{ ref('dim_enterprises') }} as enterprises
    on subjects.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on subjects.park_id = parks.park_id
