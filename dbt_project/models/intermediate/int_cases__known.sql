with stated as (
    select * from (
        {{ event_facts('case_parties', 'opened_on', [
            'case_code', 'party_key', 'party_kind', 'filed_on', 'decided_on', 'fine_fen',
            'confiscated_fen', 'exempted_fen', 'said_on',
        ]) }}
    ) as case_facts
),

-- a party met in two rows is one party: the newest row that knows its fine speaks
parties as (
    select * from {{ timeline(
        'stated',
        ['replay', 'source_system', 'case_code', 'party_key'],
        ['_key', 'party_kind', 'enterprise_id', 'park_id', 'filed_on', 'decided_on', 'fine_fen',
         'confiscated_fen', 'exempted_fen'],
        'stated.fine_fen is null, stated.said_on desc nulls last, stated._key'
    ) }} as best
),

-- what the decision settles is empty before it (exports.md 9.4.9)
filings as (
    select
        replay, source_system, case_code, party_key, _key, party_kind, enterprise_id, park_id,
        filed_on, cast(null as date) as decided_on, cast(null as bigint) as fine_fen,
        cast(null as bigint) as confiscated_fen, cast(null as bigint) as exempted_fen,
        known_from, least(known_to, coalesce(decided_on, {{ still() }})) as known_to
    from parties
    where filed_on is not null
        and (
            (replay = 'as_happened' and decided_on is null)
            or (replay <> 'current' and decided_on > known_from)
        )
),

decisions as (
    select
        replay, source_system, case_code, party_key, _key, party_kind, enterprise_id, park_id,
        filed_on, decided_on, fine_fen, confiscated_fen, exempted_fen,
        case
            when replay <> 'current' then greatest(known_from, coalesce(decided_on, known_from))
            else known_from
        end as known_from,
        known_to
    from parties
    where replay <> 'as_happened' or decided_on is not null
),

phases as (
    select * from filings
    union all
    select * from decisions
)

select
    replay,
    source_system,
    case_code,
    party_key,
    _key,
    party_kind,
    enterprise_id,
    park_id,
    filed_on,
    decided_on,
    coalesce(decided_on, filed_on) as event_on,
    fine_fen,
    confiscated_fen,
    exempted_fen,
    known_from,
    known_to
from phases
where known_from < known_to
