-- Tenancies, the current ones only or all.
select
    leases.tenant_name, parks.park_name, parks.town, leases.building, leases.floor,
    leases.leased_area_m2, leases.start_on, leases.end_on,
    least(leases.moved_out_on, leases.left_on) as gone_on, leases.is_current,
    leases.agreement_signed, leases.sub_lessor_name, leases.activity,
    leases.file_name, leases._sheet, leases._row_number,
    count(*) over () as count_all,
    count(distinct (leases.park_id, leases.enterprise_id)) over () as count_tenancies
from marts.fct_leases as leases
-- every lease names a park
inner join marts.dim_parks as parks on leases.park_id = parks.park_id
where
    ($only <> 'current' or leases.is_current)
    and ($town is null or parks.town = $town)
    and ($park is null or leases.park_id = $park)
    and ($text = '' or contains(lower(leases.tenant_name), lower($text)))
order by leases.is_current desc, gone_on desc nulls first, leases.tenant_name, leases.lease_id
limit $limit
