with months as (
    select * from {{ ref('int_subject_months') }}
    where unit = 'park'
),

parks as (
    select * from {{ ref('int_parks__known') }}
),

sensors as (
    select * from {{ ref('int_sensor_features') }}
    where unit = 'park'
)

select
    months.subject_id as park_id,
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
    case when months.employees_known > 0 then months.employees end as employees,
    months.count_tenants,
    months.tenants_arrived_12m,
    months.tenants_left_12m,
    {{ share('months.tenants_signed', 'months.tenants_agreement_known') }}
        as agreement_signed_share,
    {{ share('months.tenants_sublet', 'months.count_tenants') }} as sublet_share,
    months.hazchem_tenants,
    sensors.gas_level1_episodes_3m,
    sensors.gas_level2_episodes_3m,
    sensors.device_online_share_3m,
    sensors.true_alarms_12m,
    sensors.devices_set_too_high,
    parks.floor_area_m2,
    parks.building_count,
    {{ flag('parks.has_sandwich_panel') }} as has_sandwich_panel,
    {{ flag('parks.is_three_in_one') }} as is_three_in_one,
    {{ flag('parks.has_hazchem_store') }} as has_hazchem_store,
    case
        when parks.listed_on <= months.as_of_on
            then months.month_index - {{ month_index('parks.listed_on') }}
    end as park_age_months,
    parks.town,
    parks.park_kind
from months
-- left: a park met only in other exports has no words of a register
left join parks
    on months.subject_id = parks.park_id
    and months.replay = parks.replay
    and parks.known_from <= months.as_of_on
    and parks.known_to > months.as_of_on
-- left: most subjects have no device and no alarm
left join sensors
    on months.subject_id = sensors.subject_id
    and months.replay = sensors.replay
    and months.month_index = sensors.month_index
where coalesce(parks.gone_on, {{ still() }}) > months.as_of_on
