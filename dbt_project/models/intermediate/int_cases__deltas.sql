with parties as (
    select 'park' as unit, park_id as subject_id, * from {{ ref('int_cases__known') }}
    where park_id is not null and replay <> 'current'
    union all
    select 'enterprise', enterprise_id, * from {{ ref('int_cases__known') }}
    where enterprise_id is not null and replay <> 'current'
),

-- while a party is known and its day lies in the window
counted_parties as (
    select
        unit, replay, subject_id, source_system, case_code,
        greatest(event_on, known_from) as known_from,
        least({{ month_end(month_index('event_on') ~ ' + 24') }}, known_to) as known_to
    from parties
),

live_parties as (
    select * from counted_parties
    where known_from < known_to
),

-- unit and person, or two tenants of a park, are one case
cases as (
    select * from {{ timeline(
        'live_parties', ['unit', 'replay', 'subject_id', 'source_system', 'case_code'], [],
        'live_parties.known_from'
    ) }} as best
),

spans as (
    {{ lasting('cases_24m', 'cases', 'known_from', 'known_to') }}
    union all
    {{ counted(
        'fines_24m_fen', 'parties', 'decided_on', 24,
        'decided_on is not null and fine_fen is not null', 'fine_fen'
    ) }}
)

{{ deltas('spans') }}
