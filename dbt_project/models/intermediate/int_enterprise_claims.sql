with register as (
    select
        'enterprises' as export, enterprise_identity, enterprise_name_norm as name_norm,
        enterprise_name as name, town, uscc,
        source_system || ':' || enterprise_code as enterprise_code, former_identity,
        false as is_lessor_code, true as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_enterprises__versions') }}
),

tenants as (
    select
        'leases' as export, enterprise_identity, tenant_name_norm as name_norm,
        tenant_name as name, town, tenant_uscc as uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        coalesce(tenant_uscc = lessor_uscc and tenant_name_norm <> lessor_name_norm, false)
            as is_lessor_code,
        false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_leases__versions') }}
),

visited as (
    select
        'inspections' as export, enterprise_identity, enterprise_name_norm as name_norm,
        enterprise_name as name, town, uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        false as is_lessor_code, false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_inspections__versions') }}
),

found_at as (
    select
        'hazards' as export, enterprise_identity, enterprise_name_norm as name_norm,
        enterprise_name as name, town, uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        false as is_lessor_code, false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_hazards__versions') }}
),

-- the unit a case names, and the enterprise a person belongs to; a name that is no longer public
-- still says who is who, but nobody is called by it
penalised as (
    select
        *,
        coalesce(
            max(case when disposition = 'accepted' then publish_until end)
                over (partition by source_system, _key) < as_of.as_of_on,
            false
        ) as is_withheld
    from {{ ref('int_cases__versions') }}
    cross join {{ ref('int_as_of') }} as as_of
),

parties as (
    select
        'cases' as export, party_identity as enterprise_identity, party_name_norm as name_norm,
        case when not is_withheld then party_name end as name, town, uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        false as is_lessor_code, false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from penalised
    union all
    select
        'cases', party_enterprise_identity, party_enterprise_norm,
        case when not is_withheld then party_enterprise end, town, null,
        null, null, false, false, disposition, known_from, _file_id, _sheet, _row_number
    from penalised
    where party_enterprise_identity is distinct from party_identity
),

had_accident as (
    select
        'accidents' as export, enterprise_identity, enterprise_name_norm as name_norm,
        enterprise_name as name, town, uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        false as is_lessor_code, false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_accidents__versions') }}
),

equipped as (
    select
        'devices' as export, enterprise_identity, enterprise_name_norm as name_norm,
        enterprise_name as name, town, uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        false as is_lessor_code, false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_devices__versions') }}
),

alarmed as (
    select
        'alarms' as export, enterprise_identity, enterprise_name_norm as name_norm,
        enterprise_name as name, town, uscc,
        cast(null as varchar) as enterprise_code, cast(null as varchar) as former_identity,
        false as is_lessor_code, false as is_register,
        disposition, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_alarms__versions') }}
),

all_claims as (
    select * from register
    union all
    select * from tenants
    union all
    select * from visited
    union all
    select * from found_at
    union all
    select * from parties
    union all
    select * from had_accident
    union all
    select * from equipped
    union all
    select * from alarmed
)

select
    export,
    enterprise_identity as identity,
    name_norm,
    name,
    town,
    uscc,
    enterprise_code as own_code,
    former_identity,
    is_lessor_code,
    is_register,
    -- a name that may not be shown
    name is null and name_norm is not null as is_withheld,
    disposition = 'accepted' as is_live,
    coalesce(known_from, {{ undated() }}) as known_from,
    _file_id,
    _sheet,
    _row_number
from all_claims
where enterprise_identity is not null
