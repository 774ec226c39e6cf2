-- Parks: those in force at the data date, or all with those met only in other exports.
select
    parks.park_id, parks.park_code, parks.park_name, parks.town, parks.park_kind,
    parks.park_status, parks.lessor_name, parks.count_tenants, parks.floor_area_m2,
    parks.address, parks.listed_on, parks.is_provisional,
    parks.file_name, parks._sheet, parks._row_number,
    count(*) over () as count_all
from marts.dim_parks as parks
where
    (
        $only <> 'current'
        or (
            not parks.is_provisional
            and coalesce(parks.delisted_on > $until, true)
            and coalesce(parks.park_status, '') <> '退出'
        )
    )
    and ($town is null or parks.town = $town)
    and ($park is null or parks.park_id = $park)
    and ($text = '' or contains(lower(parks.park_name), lower($text)))
order by parks.park_name, parks.park_id
limit $limit
