-- the visit that found a hazard, as known today
with hazards as (
    select * from {{ ref('int_hazards__known') }}
    where replay = 'current'
),

visits as (
    select
        *,
        min(source_system) over (partition by inspection_code)
        = max(source_system) over (partition by inspection_code) as is_code_unique
    from {{ ref('int_inspections__known') }}
    where replay = 'current'
),

pairs as (
    select
        hazards.source_system, hazards._key,
        visits.source_system as visit_source_system, visits._key as visit_key,
        case when visits.source_system = hazards.source_system then 1 else 2 end as choice
    from hazards
    inner join visits
        on hazards.inspection_code = visits.inspection_code
        and (visits.is_code_unique or visits.source_system = hazards.source_system)
    union all
    select
        hazards.source_system, hazards._key, visits.source_system, visits._key, 3
    from hazards
    inner join visits
        on hazards.found_on = visits.event_on
        and hazards.source_system = visits.source_system
        and coalesce(hazards.enterprise_id, hazards.park_id)
        = coalesce(visits.enterprise_id, visits.park_id)
        and (visits.inspection_code is null or hazards.inspection_code is null)
)

select source_system, _key, visit_source_system, visit_key
from pairs
qualify row_number() over (
    partition by source_system, _key order by choice, visit_source_system, visit_key
) = 1
