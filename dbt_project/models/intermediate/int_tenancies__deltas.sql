with tenancies as (
    select 'park' as unit, park_id as subject_id, *
    from {{ ref('int_tenancies__known') }}
    where replay <> 'current'
),

enterprises as (
    select * from {{ ref('int_enterprises__known') }}
),

-- what the lease does not say, the register may
from_register as (
    select
        tenancies.unit,
        tenancies.subject_id,
        tenancies.replay,
        case when tenancies.employee_count is null then enterprises.employee_count end
            as employee_count,
        case when tenancies.uses_hazchem is null then enterprises.uses_hazchem end
            as uses_hazchem,
        greatest(tenancies.known_from, enterprises.known_from) as known_from,
        least(tenancies.known_to, enterprises.known_to) as known_to
    from tenancies
    inner join enterprises
        on tenancies.replay = enterprises.replay
        and tenancies.enterprise_id = enterprises.enterprise_id
        and {{ known_together('tenancies', 'enterprises') }}
),

leases as (
    select
        'park' as unit,
        park_id as subject_id,
        *,
        least(moved_out_on, left_on) as gone_on
    from {{ ref('int_leases__known') }}
    where replay <> 'current'
),

starts as (
    select unit, replay, subject_id, enterprise_id, start_on, known_from, known_to
    from leases
    where start_on is not null
),

-- two buildings rented on one day are one arrival
arrivals as (
    select * from {{ timeline(
        'starts', ['unit', 'replay', 'subject_id', 'enterprise_id', 'start_on'], [],
        'starts.known_from'
    ) }} as best
),

ends as (
    select
        unit, replay, subject_id, enterprise_id, gone_on, known_from,
        -- a later full list that names the tenant again takes the departure back
        case when gone_on = left_on then least(known_to, back_on) else known_to end as known_to
    from leases
    where gone_on is not null
),

live_ends as (
    select * from ends
    where known_from < known_to
),

departures as (
    select * from {{ timeline(
        'live_ends', ['unit', 'replay', 'subject_id', 'enterprise_id', 'gone_on'], [],
        'live_ends.known_from'
    ) }} as best
),

spans as (
    {{ lasting('count_tenants', 'tenancies', 'known_from', 'known_to') }}
    union all
    {{ lasting(
        'tenants_signed', 'tenancies', 'known_from', 'known_to', 'agreement_signed'
    ) }}
    union all
    {{ lasting(
        'tenants_agreement_known', 'tenancies', 'known_from', 'known_to',
        'agreement_signed is not null'
    ) }}
    union all
    {{ lasting('tenants_sublet', 'tenancies', 'known_from', 'known_to', 'is_sublet') }}
    union all
    {{ lasting('hazchem_tenants', 'tenancies', 'known_from', 'known_to', 'uses_hazchem') }}
    union all
    {{ lasting('hazchem_tenants', 'from_register', 'known_from', 'known_to', 'uses_hazchem') }}
    union all
    {{ lasting(
        'employees', 'tenancies', 'known_from', 'known_to', 'employee_count is not null',
        'employee_count'
    ) }}
    union all
    {{ lasting(
        'employees', 'from_register', 'known_from', 'known_to', 'employee_count is not null',
        'employee_count'
    ) }}
    union all
    {{ lasting(
        'employees_known', 'tenancies', 'known_from', 'known_to', 'employee_count is not null'
    ) }}
    union all
    {{ lasting(
        'employees_known', 'from_register', 'known_from', 'known_to',
        'employee_count is not null'
    ) }}
    union all
    {{ counted('tenants_arrived_12m', 'arrivals', 'start_on', 12) }}
    union all
    {{ counted('tenants_left_12m', 'departures', 'gone_on', 12) }}
)

{{ deltas('spans') }}
