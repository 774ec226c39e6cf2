-- only parks without a code are joined by their name: a code decides by itself
select
    identity,
    'name:' || name_norm || '|' || resolved_town as hub,
    3 as strength,
    greatest(known_from, town_known_from) as known_from,
    {{ still() }} as known_to
from {{ ref('int_park_identities') }}
where name_norm is not null and resolved_town <> ''
