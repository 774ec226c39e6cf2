with leases as (
    select * from {{ ref('int_leases__versions') }}
    where disposition = 'accepted'
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- the last stay: a tenant named again by a later list has come back
stays as (
    select *
    from {{ ref('int_leases__known') }}
    where replay = 'current'
    qualify row_number() over (
        partition by source_system, _key order by occupied_from desc, left_on desc nulls first
    ) = 1
)

select
    {{ row_id('l', 'leases') }} as lease_id,
    stays.park_id,
    stays.enterprise_id,
    leases.tenant_name,
    leases.building,
    leases.floor,
    leases.leased_area_m2,
    leases.start_on,
    leases.end_on,
    leases.moved_out_on,
    stays.left_on,
    stays.occupied_from <= as_of.as_of_on and stays.occupied_to > as_of.as_of_on as is_current,
    leases.agreement_signed,
    leases.agreement_on,
    leases.sub_lessor_name,
    leases.activity,
    leases.known_from,
    leases._file_id,
    leases.file_name,
    leases._sheet,
    leases._row_number
from leases
inner join stays
    on leases.source_system = stays.source_system and leases._key = stays._key
cross join as_of
