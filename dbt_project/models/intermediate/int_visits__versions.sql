with versions as (
    select * from (
        {{ versions('visits') }}
    ) as visit_versions
)

select
    *,
    {{ enterprise_identity('enterprise_name_norm', 'town', 'uscc') }} as enterprise_identity,
    {{ park_identity('park_code', 'park_name_norm', 'town') }} as park_identity
from versions
