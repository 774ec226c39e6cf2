-- Enterprises, parks and tenancies in force at both ends of a period, and what came and went.
-- An undated closure counts at neither end; an undated registration counts at both.
with spans as (
    select
        'enterprises' as subject,
        town,
        registered_on as came_on,
        closed_on as gone_on,
        closed_on is null and coalesce(production_status, '') = '关闭' as is_undated_exit
    from marts.dim_enterprises
    where not is_provisional
    union all
    select
        'parks' as subject,
        town,
        listed_on as came_on,
        delisted_on as gone_on,
        delisted_on is null and coalesce(park_status, '') = '退出' as is_undated_exit
    from marts.dim_parks
    where not is_provisional
    union all
    select
        'tenancies' as subject,
        parks.town,
        coalesce(leases.start_on, leases.known_from) as came_on,
        case
            when leases.is_current then null
            else coalesce(
                least(leases.moved_out_on, leases.left_on), leases.end_on, leases.known_from
            )
        end as gone_on,
        false as is_undated_exit
    from marts.fct_leases as leases
    inner join marts.dim_parks as parks on leases.park_id = parks.park_id
)

select
    subject,
    count(*) filter (
        where not is_undated_exit
        and coalesce(came_on < $start, true) and coalesce(gone_on >= $start, true)
    ) as count_start,
    count(*) filter (
        where not is_undated_exit and came_on >= $start and came_on < $end
    ) as count_in,
    count(*) filter (
        where gone_on >= $start and gone_on < $end and coalesce(came_on <= gone_on, true)
    ) as count_out,
    count(*) filter (
        where not is_undated_exit
        and coalesce(came_on < $end, true) and coalesce(gone_on >= $end, true)
    ) as count_end,
    count(*) filter (where is_undated_exit) as count_undated_exits
from spans
where ($town is null or town = $town) and coalesce(came_on <= gone_on, true)
group by subject
order by subject
