with visits as (
    select * from {{ ref('int_visits__known') }}
),

-- the outcome as it is known today, of the subject as it is known today
outcomes as (
    select 'park' as unit, park_id as current_id, source_system, _key, visited_on, bad_code
    from visits
    where replay = 'current' and park_id is not null
    union all
    select 'enterprise', enterprise_id, source_system, _key, visited_on, bad_code
    from visits
    where replay = 'current' and enterprise_id is not null
),

learned as (
    select
        replay,
        source_system,
        _key,
        min(greatest(known_from, visited_on)) as visited_known_on,
        min(case when bad_code = 1 then greatest(known_from, visited_on) end)
            as positive_known_on
    from visits
    where replay <> 'current'
    group by replay, source_system, _key
)

select
    outcomes.unit,
    learned.replay,
    outcomes.current_id,
    outcomes.source_system,
    outcomes._key,
    outcomes.visited_on,
    outcomes.bad_code,
    learned.visited_known_on,
    learned.positive_known_on
from outcomes
inner join learned
    on outcomes.source_system = learned.source_system and outcomes._key = learned._key
