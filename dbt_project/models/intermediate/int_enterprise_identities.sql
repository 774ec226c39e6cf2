with claims as (
    select * from {{ ref('int_enterprise_claims') }}
),

towns as (
    select * from {{ ref('int_towns') }}
)

select
    claims.identity,
    min(claims.name_norm) as name_norm,
    min(claims.name) as name,
    min(claims.town) as town,
    coalesce(min(towns.resolved_town), '') as resolved_town,
    min(case when not claims.is_lessor_code then claims.uscc end) as uscc,
    min(claims.known_from) as known_from,
    -- the first day a register vouches for it
    min(case when claims.is_register then claims.known_from end) as strong_from,
    min(coalesce(towns.known_from, {{ always() }})) as town_known_from,
    min(claims.name) is null and min(claims.name_norm) is not null as is_withheld,
    count(*) as count_rows
from claims
-- left: rows without a town
left join towns on claims.town = towns.town
group by claims.identity
