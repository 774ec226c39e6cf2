-- every version of a row opened into the parties it states (exports.md 9.4.10)
with versions as (
    select
        *,
        case
            when party_name is not null or person_name is null
                then coalesce(party_name_norm, 'unnamed:' || _key)
        end as party_key,
        case
            when party_name is not null or person_name is null then coalesce(party_kind, '单位')
        end as stated_kind,
        case
            when person_name is not null
                then coalesce('person:' || person_name_hash, 'unnamed:' || _key)
            -- somebody was fined, though nobody says who
            when coalesce(party_kind, '单位') = '单位' and person_fine_fen > 0
                then 'unnamed:' || _key
        end as person_key
    from {{ ref('int_cases__versions') }}
),

parties as (
    select
        *,
        '|party' as place,
        party_key as party,
        stated_kind as kind,
        coalesce(party_identity, party_enterprise_identity) as enterprise_identity,
        party_name as shown_name,
        -- the fine of a person that stands in both columns, or in the other one
        case
            when stated_kind = '个人' and coalesce(person_key = party_key, true)
                then greatest(fine_fen, person_fine_fen)
            else fine_fen
        end as party_fine_fen,
        confiscated_fen as party_confiscated_fen,
        exempted_fen as party_exempted_fen
    from versions
    where party_key is not null
    union all
    select
        *,
        '|person',
        person_key,
        '个人',
        coalesce(party_enterprise_identity, party_identity),
        person_name,
        person_fine_fen,
        cast(null as bigint),
        cast(null as bigint)
    from versions
    where person_key is not null and person_key is distinct from party_key
)

select
    source_system,
    _key || place as _key,
    version_number,
    disposition,
    case_code,
    party as party_key,
    kind as party_kind,
    shown_name as party_name,
    enterprise_identity,
    cast(null as varchar) as park_identity,
    town,
    filed_on,
    decided_on,
    -- the day the case began, by whichever day it has
    least(coalesce(filed_on, decided_on), coalesce(decided_on, filed_on)) as opened_on,
    party_fine_fen as fine_fen,
    party_confiscated_fen as confiscated_fen,
    party_exempted_fen as exempted_fen,
    publish_until,
    decision_no,
    sector,
    cause,
    cause_kind,
    legal_basis,
    procedure,
    case_disposition,
    origin,
    is_offsite,
    had_hearing,
    closed_on,
    published_on,
    is_double_penalty_claimed,
    accident_code,
    inspection_code,
    known_from,
    known_to,
    known_from as said_on,
    file_name,
    _file_id,
    _sheet,
    _row_number
from parties
