with versions as (
    select * from (
        {{ versions('leases') }}
    ) as lease_versions
)

select
    *,
    {{ enterprise_identity('tenant_name_norm', 'town', 'tenant_uscc') }} as enterprise_identity,
    {{ park_identity('park_code', 'park_name_norm', 'town') }} as park_identity
from versions
