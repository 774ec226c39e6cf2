with members as (
    select * from {{ ref('int_enterprise_members') }}
),

register as (
    select links.subject_id as enterprise_id, versions.*
    from {{ ref('int_enterprises__versions') }} as versions
    inner join {{ ref('int_enterprise_links') }} as links
        on versions.enterprise_identity = links.identity and links.replay = 'current'
    where versions.disposition = 'accepted'
    qualify row_number() over (
        partition by links.subject_id
        order by versions.known_from desc nulls last, versions.source_system, versions._key
    ) = 1
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

homes as (
    select homes.enterprise_id, homes.park_id
    from {{ ref('int_enterprise_homes') }} as homes
    cross join as_of
    where homes.replay = 'current'
        and homes.known_from <= as_of.as_of_on and homes.known_to > as_of.as_of_on
),

named_parks as (
    select enterprise_id, min(park_id) as park_id
    from {{ ref('int_enterprises__known') }}
    where replay = 'current'
    group by enterprise_id
)

select
    members.enterprise_id,
    register.enterprise_code,
    coalesce(register.uscc, members.uscc) as uscc,
    coalesce(register.enterprise_name, members.enterprise_name) as enterprise_name,
    coalesce(towns.resolved_town, register.town, members.town) as town,
    register.address,
    register.subject_kind,
    register.industry_name,
    register.scale,
    register.employee_count,
    register.production_status,
    coalesce(homes.park_id, named_parks.park_id) as park_id,
    register.has_dust,
    register.has_confined_space,
    register.has_ammonia,
    register.uses_hazchem,
    register.is_key_unit,
    register.registered_on,
    register.closed_on,
    not members.is_registered as is_provisional,
    members.known_from,
    coalesce(register._file_id, members._file_id) as _file_id,
    files.file_name,
    coalesce(register._sheet, members._sheet) as _sheet,
    coalesce(register._row_number, members._row_number) as _row_number
from members
-- left: provisional subjects, subjects outside parks, rows without a town
left join register on members.enterprise_id = register.enterprise_id
left join homes on members.enterprise_id = homes.enterprise_id
left join named_parks on members.enterprise_id = named_parks.enterprise_id
left join {{ ref('int_towns') }} as towns on register.town = towns.town
left join {{ ref('stg_ops__file_names') }} as files
    on coalesce(register._file_id, members._file_id) = files._file_id
