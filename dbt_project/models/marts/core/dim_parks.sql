with members as (
    select * from {{ ref('int_park_members') }}
),

register as (
    select links.subject_id as park_id, versions.*
    from {{ ref('int_parks__versions') }} as versions
    inner join {{ ref('int_park_links') }} as links
        on versions.park_identity = links.identity and links.replay = 'current'
    where versions.disposition = 'accepted'
    qualify row_number() over (
        partition by links.subject_id
        order by versions.known_from desc nulls last, versions.source_system, versions._key
    ) = 1
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

tenants as (
    select tenancies.park_id, count(*) as count_tenants
    from {{ ref('int_tenancies__known') }} as tenancies
    cross join as_of
    where tenancies.replay = 'current'
        and tenancies.known_from <= as_of.as_of_on and tenancies.known_to > as_of.as_of_on
    group by tenancies.park_id
)

select
    members.park_id,
    coalesce(register.park_code, members.park_code) as park_code,
    coalesce(register.park_name, members.park_name) as park_name,
    register.park_kind,
    coalesce(towns.resolved_town, register.town, members.town) as town,
    {{ organisation_name('register.lessor_name', 'register.lessor_kind') }} as lessor_name,
    register.lessor_kind,
    register.address,
    register.longitude_wgs84 as longitude,
    register.latitude_wgs84 as latitude,
    register.land_area_m2,
    register.floor_area_m2,
    register.building_count,
    register.count_tenants_claimed,
    coalesce(tenants.count_tenants, 0) as count_tenants,
    register.fire_class,
    register.has_sandwich_panel,
    register.is_three_in_one,
    register.has_hazchem_store,
    register.listed_on,
    register.improved_on,
    register.delisted_on,
    register.park_status,
    not members.is_registered as is_provisional,
    members.known_from,
    coalesce(register._file_id, members._file_id) as _file_id,
    files.file_name,
    coalesce(register._sheet, members._sheet) as _sheet,
    coalesce(register._row_number, members._row_number) as _row_number
from members
-- left: provisional parks, empty parks, rows without a town
left join register on members.park_id = register.park_id
left join tenants on members.park_id = tenants.park_id
left join {{ ref('int_towns') }} as towns on register.town = towns.town
left join {{ ref('stg_ops__file_names') }} as files
    on coalesce(register._file_id, members._file_id) = files._file_id
