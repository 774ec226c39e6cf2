with versions as (
    select * from (
        {{ versions('enterprises') }}
    ) as enterprise_versions
)

select
    *,
    {{ enterprise_identity('enterprise_name_norm', 'town', 'uscc', 'enterprise_code') }}
        as enterprise_identity,
    {{ park_identity('cast(null as varchar)', 'park_name_norm', 'town') }} as park_identity,
    former_name_norm || '|' || coalesce(town, '') as former_identity
from versions
