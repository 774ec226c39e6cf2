with claims as (
    select * from {{ ref('int_park_claims') }}
),

towns as (
    select * from {{ ref('int_towns') }}
),

identities as (
    select * from {{ ref('int_park_identities') }}
)

select
    claims.identity,
    claims.name_norm,
    coalesce(towns.resolved_town, '') as resolved_town,
    min(claims.known_from) as known_from,
    min(identities.strong_from) as strong_from
from claims
inner join identities on claims.identity = identities.identity
-- left: rows without a town
left join towns on claims.town = towns.town
where claims.name_norm is not null
group by claims.identity, claims.name_norm, coalesce(towns.resolved_town, '')
