with links as (
    select
        'enterprise' as subject, links.identity, links.subject_id, links.linked_by,
        identities.name, identities.town, identities.uscc, identities.count_rows,
        identities.is_withheld
    from {{ ref('int_enterprise_links') }} as links
    inner join {{ ref('int_enterprise_identities') }} as identities
        on links.identity = identities.identity
    where links.replay = 'current'
    union all
    select
        'park', links.identity, links.subject_id, links.linked_by,
        identities.name, identities.town, null, identities.count_rows, false
    from {{ ref('int_park_links') }} as links
    inner join {{ ref('int_park_identities') }} as identities
        on links.identity = identities.identity
    where links.replay = 'current'
),

known_days as (
    select 'enterprise' as subject, identity, known_from from {{ ref('int_enterprise_links') }}
    where replay = 'as_published' and known_to = {{ still() }}
    union all
    select 'park', identity, known_from from {{ ref('int_park_links') }}
    where replay = 'as_published' and known_to = {{ still() }}
)

select
    links.subject,
    -- a penalised name that is no longer public
    case
        when links.is_withheld then 'withheld:' || {{ short_id('', 'links.identity') }}
        else links.identity
    end as identity,
    links.subject_id,
    links.linked_by,
    links.name,
    links.town,
    case when not links.is_withheld then links.uscc end as uscc,
    nullif(known_days.known_from, {{ undated() }}) as known_from,
    links.count_rows
from links
inner join known_days
    on links.subject = known_days.subject and links.identity = known_days.identity
