with months as (
    select * from {{ ref('int_subject_months') }}
    where unit = 'enterprise'
),

enterprises as (
    select * from {{ ref('int_enterprises__known') }}
),

homes as (
    select * from {{ ref('int_enterprise_homes') }}
),

sensors as (
    select * from {{ ref('int_sensor_features') }}
    where unit = 'enterprise'
)

select
    months.subject_id as enterprise_id,
    months.as_of_on,
    months.replay,
    months.visits_3m,
    months.visits_12m,
    months.bad_visits_12m,
    months.visits_all,
    months.bad_visits_all,
    months.hazards_3m,
    months.hazards_12m,
    months.hazards_serious_3m,
    months.hazards_serious_12m,
    months.hazards_serious_24m,
    months.hazards_major_12m,
    months.hazards_open,
    months.hazards_overdue,
    months.hazards_serious_open,
    months.hazards_rectified_late_12m,
    months.cases_24m,
    months.fines_24m_fen,
    months.accidents_24m,
    months.deaths_24m,
    months.days_since_last_visit,
    months.was_last_visit_bad,
    months.last_score,
    months.scored_visits_all,
    cast(months.mean_score_all as double) as mean_score_all,
    enterprises.employee_count as employees,
    sensors.gas_level1_episodes_3m,
    sensors.gas_level2_episodes_3m,
    sensors.device_online_share_3m,
    sensors.true_alarms_12m,
    sensors.devices_set_too_high,
    {{ flag('enterprises.has_dust') }} as has_dust,
    {{ flag('enterprises.has_confined_space') }} as has_confined_space,
    {{ flag('enterprises.has_ammonia') }} as has_ammonia,
    {{ flag('enterprises.uses_hazchem') }} as uses_hazchem,
    {{ flag('enterprises.is_key_unit') }} as is_key_unit,
    enterprises.town,
    enterprises.scale,
    coalesce(homes.park_id, enterprises.park_id) as park_id
from months
-- left: a subject met only in other exports has no words of a register, one outside parks no lease
left join enterprises
    on months.subject_id = enterprises.enterprise_id
    and months.replay = enterprises.replay
    and enterprises.known_from <= months.as_of_on
    and enterprises.known_to > months.as_of_on
left join homes
    on months.subject_id = homes.enterprise_id
    and months.replay = homes.replay
    and homes.known_from <= months.as_of_on
    and homes.known_to > months.as_of_on
-- left: most subjects have no device and no alarm
left join sensors
    on months.subject_id = sensors.subject_id
    and months.replay = sensors.replay
    and months.month_index = sensors.month_index
where coalesce(enterprises.gone_on, {{ still() }}) > months.as_of_on
