-- Parks of the register and those met elsewhere.
select
    parks.park_id, parks.park_code, parks.park_name, parks.town, parks.park_kind,
    parks.park_status, parks.lessor_name, parks.count_tenants, parks.floor_area_m2,
    parks.address, parks.listed_on, parks.is_provisional,
    parks.file_name, parks._sheet, parks._row_number,
    count(*) over () as count_all
from marts.dim_parks as parks
where
    ($town is null or parks.town = $town)
    and ($park is null or parks.park_id = $park)
    and ($text = '' or contains(lower(parks.park_name), lower($text)))
order by parks.park_name, parks.park_id
limit $limit
