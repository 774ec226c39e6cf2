with identities as (
    select 'park' as unit, links.* from {{ ref('int_park_links') }} as links
    union all
    select 'enterprise', links.* from {{ ref('int_enterprise_links') }} as links
),

-- a subject is met while its eldest identity stands for itself
met_as_published as (
    select unit, subject_id, known_from, known_to
    from identities
    where replay = 'as_published' and is_eldest and known_from < {{ undated() }}
),

first_known as (
    select unit, identity, min(known_from) as known_from
    from identities
    where replay = 'as_published' and known_from < {{ undated() }}
    group by unit, identity
),

first_days as (
    select identities.unit, identities.subject_id, first_known.known_from as day
    from identities
    inner join first_known
        on identities.unit = first_known.unit and identities.identity = first_known.identity
    where identities.replay = 'as_happened'
    union all
    select 'park', park_id, listed_on from {{ ref('int_parks__known') }}
    where replay = 'as_happened'
    union all
    select 'enterprise', enterprise_id, registered_on from {{ ref('int_enterprises__known') }}
    where replay = 'as_happened'
    union all
    select 'park', park_id, visited_on from {{ ref('int_visits__known') }}
    where replay = 'as_happened'
    union all
    select 'enterprise', enterprise_id, visited_on from {{ ref('int_visits__known') }}
    where replay = 'as_happened'
    union all
    select 'park', park_id, found_on from {{ ref('int_hazards__known') }}
    where replay = 'as_happened'
    union all
    select 'enterprise', enterprise_id, found_on from {{ ref('int_hazards__known') }}
    where replay = 'as_happened'
    union all
    select 'enterprise', enterprise_id, event_on from {{ ref('int_cases__known') }}
    where replay = 'as_happened'
    union all
    select 'park', park_id, event_on from {{ ref('int_cases__known') }}
    where replay = 'as_happened'
    union all
    select 'park', park_id, occurred_on from {{ ref('int_accidents__known') }}
    where replay = 'as_happened'
    union all
    select 'enterprise', enterprise_id, occurred_on from {{ ref('int_accidents__known') }}
    where replay = 'as_happened'
),

met as (
    select 'as_published' as replay, unit, subject_id, known_from, known_to
    from met_as_published
    union all
    select 'as_happened', unit, subject_id, min(day), {{ still() }}
    from first_days
    where subject_id is not null and day is not null
    group by unit, subject_id
)

select
    met.replay,
    met.unit,
    met.subject_id,
    months.month_index,
    months.as_of_on
from met
inner join {{ ref('int_months') }} as months
    on met.replay = months.replay
    and {{ month_index('met.known_from') }} <= months.month_index
    and {{ month_index('met.known_to') }} > months.month_index
