with versions as (
    select * from (
        {{ versions('parks') }}
    ) as park_versions
)

select
    *,
    {{ park_identity('park_code', 'park_name_norm', 'town') }} as park_identity
from versions
