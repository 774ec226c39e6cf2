with versions as (
    select * from (
        {{ versions('cases') }}
    ) as case_versions
)

select
    *,
    -- a party that is a person is no enterprise, whatever its kind says
    case
        when coalesce(party_kind, '单位') <> '个人'
            and coalesce(party_name_norm not like 'person:%', true)
            then {{ enterprise_identity('party_name_norm', 'town', 'uscc') }}
    end as party_identity,
    {{ enterprise_identity('party_enterprise_norm', 'town', 'cast(null as varchar)') }}
        as party_enterprise_identity
from versions
