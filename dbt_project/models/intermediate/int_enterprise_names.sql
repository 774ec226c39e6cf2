select identity, name_norm, resolved_town, known_from, strong_from
from {{ ref('int_enterprise_identities') }}
where name_norm is not null
