with hazards as (
    select * from {{ ref('int_hazards__versions') }}
    where disposition = 'accepted'
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

states as (
    select
        known.*,
        as_of.as_of_on,
        coalesce(known.rectified_on <= as_of.as_of_on, false) as is_rectified,
        coalesce(known.closed_on <= as_of.as_of_on, false) as is_closed
    from {{ ref('int_hazards__known') }} as known
    cross join as_of
    where known.replay = 'current'
),

visits as (
    select * from {{ ref('int_hazards__visits') }}
)

select
    {{ row_id('h', 'hazards') }} as hazard_id,
    hazards.hazard_code,
    case
        when visits.visit_key is not null
            then {{ short_id('i', "visits.visit_source_system || '|' || visits.visit_key") }}
    end as inspection_id,
    states.enterprise_id,
    states.park_id,
    coalesce(towns.resolved_town, enterprises.town, parks.town) as town,
    hazards.found_on,
    hazards.description,
    hazards.category,
    hazards.level,
    hazards.location,
    hazards.found_by,
    hazards.is_simple,
    states.deadline_on,
    states.rectified_on,
    states.closed_on,
    states.is_rectified,
    states.is_closed,
    coalesce(not states.is_rectified and states.as_of_on > states.deadline_on, false)
        as is_overdue,
    case when states.is_rectified then states.rectified_on <= states.deadline_on end
        as was_on_time,
    greatest(
        {{ days_between(
            'states.deadline_on',
            'case when states.is_rectified then states.rectified_on else states.as_of_on end'
        ) }},
        case when states.deadline_on is not null then 0 end
    ) as days_overdue,
    hazards.cost_fen,
    hazards.status_claimed,
    hazards.known_from,
    hazards.source_system,
    hazards._file_id,
    hazards.file_name,
    hazards._sheet,
    hazards._row_number
from hazards
inner join states
    on hazards.source_system = states.source_system and hazards._key = states._key
-- left: hazards nobody's visit found, rows without a town, without an enterprise or a park
left join visits
    on hazards.source_system = visits.source_system and hazards._key = visits._key
left join {{ ref('int_towns') }} as towns on hazards.town = towns.town
left join {{ ref('dim_enterprises') }} as enterprises
    on states.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on states.park_id = parks.park_id
