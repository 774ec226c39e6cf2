-- Parks in force at a period's end and their tenancies, by town.
with parks as (
    select park_id, coalesce(town, '?') as town, floor_area_m2
    from marts.dim_parks
    where
        not is_provisional
        and coalesce(listed_on < $end, true)
        and coalesce(delisted_on >= $end, coalesce(park_status, '') <> '退出')
        and ($town is null or town = $town)
),

tenancies as (
    select park_id, count(*) as count_tenancies
    from marts.fct_leases
    where
        coalesce(start_on, known_from) < $end
        and (
            is_current
            or coalesce(least(moved_out_on, left_on), end_on, known_from) >= $end
        )
    group by park_id
)

select
    parks.town,
    count(*) as count_parks,
    sum(parks.floor_area_m2) as floor_area_m2,
    coalesce(sum(tenancies.count_tenancies), 0)::bigint as count_tenancies
from parks
-- a park may be let to nobody
left join tenancies on parks.park_id = tenancies.park_id
group by parks.town
order by count_parks desc, parks.town
