with inspections as (
    select * from {{ ref('int_inspections__versions') }}
    where disposition = 'accepted'
),

visits as (
    select * from {{ ref('int_visits__known') }}
    where replay = 'current'
),

found_hazards as (
    select visit_source_system, visit_key, count(*) as count_hazards
    from {{ ref('int_hazards__visits') }}
    group by visit_source_system, visit_key
)

select
    {{ row_id('i', 'inspections') }} as inspection_id,
    inspections.inspection_code,
    visits.enterprise_id,
    visits.park_id,
    coalesce(towns.resolved_town, enterprises.town, parks.town) as town,
    inspections.inspected_on,
    inspections.inspected_clock,
    inspections.kind,
    inspections.mode,
    inspections.inspecting_unit,
    inspections.count_inspectors,
    inspections.hazard_count_claimed,
    coalesce(found_hazards.count_hazards, 0) as count_hazards,
    inspections.result,
    inspections.score,
    visits.bad_code = 1 as is_bad,
    inspections.known_from,
    inspections.source_system,
    inspections._file_id,
    inspections.file_name,
    inspections._sheet,
    inspections._row_number
from inspections
inner join visits
    on inspections.source_system = visits.source_system and inspections._key = visits._key
-- left: visits without hazards, without a town, to an enterprise or a park alone
left join found_hazards
    on inspections.source_system = found_hazards.visit_source_system
    and inspections._key = found_hazards.visit_key
left join {{ ref('int_towns') }} as towns on inspections.town = towns.town
left join {{ ref('dim_enterprises') }} as enterprises
    on visits.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on visits.park_id = parks.park_id
