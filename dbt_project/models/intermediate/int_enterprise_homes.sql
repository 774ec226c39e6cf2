with tenancies as (
    select * from {{ ref('int_tenancies__known') }}
)

-- of several parks the one rented last
select * from {{ timeline(
    'tenancies', ['replay', 'enterprise_id'], ['park_id'],
    'tenancies.start_on desc nulls last, tenancies.park_id'
) }} as homes
