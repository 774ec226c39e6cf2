with versions as (
    select * from (
        {{ versions('cases') }}
    ) as case_versions
)

select
    *,
    {{ enterprise_identity('party_name_norm', 'town', 'uscc') }} as party_identity,
    {{ enterprise_identity('party_enterprise_norm', 'town', 'cast(null as varchar)') }}
        as party_enterprise_identity
from versions
