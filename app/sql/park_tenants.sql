-- Tenants of one park at each month end of the last five years, who came and who went.
with leases as (
    select
        enterprise_id,
        coalesce(start_on, known_from) as came_on,
        case
            when is_current then null
            else coalesce(least(moved_out_on, left_on), end_on, known_from)
        end as gone_on
    from marts.fct_leases
    where park_id = $park
),

months as (
    select unnest(generate_series(
        greatest(
            date_trunc('month', (select min(came_on) from leases)),
            date_trunc('month', $until::date - interval 59 month)
        ),
        date_trunc('month', $until::date),
        interval 1 month
    ))::date as month
)

select
    months.month,
    count(distinct leases.enterprise_id) filter (
        where leases.came_on <= last_day(months.month)
        and coalesce(leases.gone_on > last_day(months.month), true)
    ) as count_tenants,
    count(*) filter (where date_trunc('month', leases.came_on) = months.month) as count_arrived,
    count(*) filter (where date_trunc('month', leases.gone_on) = months.month) as count_left
from months
cross join leases
group by months.month
order by months.month
