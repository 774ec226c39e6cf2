with stated as (
    select
        *,
        -- the earliest day any row of the case sets for this name
        min(publish_until) over (partition by source_system, case_code, party_key)
            as name_until
    from {{ ref('int_case_parties__versions') }}
    where disposition = 'accepted'
),

parties as (
    select * from {{ ref('int_cases__known') }}
    where replay = 'current'
),

as_of as (
    select * from {{ ref('int_as_of') }}
)

select
    {{ short_id(
        'v', "parties.source_system || '|' || parties.case_code || '|' || parties.party_key"
    ) }} as case_party_id,
    {{ short_id('c', "parties.source_system || '|' || parties.case_code") }} as case_id,
    parties.party_kind,
    case
        when coalesce(stated.name_until, as_of.as_of_on) >= as_of.as_of_on
            then stated.party_name
    end as party_name,
    parties.enterprise_id,
    parties.park_id,
    coalesce(towns.resolved_town, enterprises.town, parks.town) as town,
    parties.fine_fen,
    parties.confiscated_fen,
    parties.exempted_fen,
    parties.decided_on,
    parties.filed_on,
    stated.publish_until,
    stated.known_from,
    parties.source_system,
    stated._file_id,
    stated.file_name,
    stated._sheet,
    stated._row_number
from parties
cross join as_of
inner join stated
    on parties.source_system = stated.source_system and parties._key = stated._key
-- left: rows without a town, parties without an enterprise or a park
left join {{ ref('int_towns') }} as towns on stated.town = towns.town
left join {{ ref('dim_enterprises') }} as enterprises
    on parties.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on parties.park_id = parks.park_id
