with claims as (
    select * from {{ ref('int_park_claims') }}
),

towns as (
    select * from {{ ref('int_towns') }}
)

select
    claims.identity,
    min(case when claims.park_code is null then claims.name_norm end) as name_norm,
    min(claims.name) as name,
    min(claims.town) as town,
    case
        when min(claims.park_code) is null then coalesce(min(towns.resolved_town), '') else ''
    end as resolved_town,
    min(claims.park_code) as park_code,
    min(claims.known_from) as known_from,
    -- a code vouches for itself, a name only in the register
    min(case when claims.is_register or claims.park_code is not null then claims.known_from end)
        as strong_from,
    min(coalesce(towns.known_from, {{ always() }})) as town_known_from,
    -- no park is named by penalties alone
    false as is_withheld,
    count(*) as count_rows
from claims
-- left: rows without a town
left join towns on claims.town = towns.town
group by claims.identity
