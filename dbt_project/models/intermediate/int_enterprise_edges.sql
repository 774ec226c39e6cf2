with identities as (
    select * from {{ ref('int_enterprise_identities') }}
),

claims as (
    select * from {{ ref('int_enterprise_claims') }}
),

towns_edges as (
    select
        identity, 'name:' || name_norm || '|' || resolved_town as hub, 3 as strength,
        greatest(known_from, town_known_from) as known_from, {{ still() }} as known_to
    from identities
    where name_norm is not null and resolved_town <> ''
),

code_edges as (
    select identity, uscc || ':' || regime as hub, 2 as strength, known_from, known_to
    from {{ ref('int_enterprise_codes') }}
    where is_trusted
),

own_code_edges as (
    select
        identity, 'own:' || own_code as hub, 2 as strength,
        min(known_from) as known_from, {{ still() }} as known_to
    from claims
    where own_code is not null
    group by identity, own_code
),

-- the former name is itself an identity: both meet at a hub named after it
alias_edges as (
    select
        identity, 'alias:' || former_identity as hub, 3 as strength,
        min(known_from) as known_from, {{ still() }} as known_to
    from claims
    where former_identity is not null
    group by identity, former_identity
    union all
    select
        identities.identity, 'alias:' || identities.identity, 3, identities.known_from,
        {{ still() }}
    from identities
    where identities.identity in (select former_identity from claims)
)

select * from towns_edges
union all
select * from code_edges
union all
select * from own_code_edges
union all
select * from alias_edges
