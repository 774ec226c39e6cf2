-- Hazards open and past their deadline at a period's end, by days overdue (found at any time).
with overdue as (
    select ($end - 1) - deadline_on as days_overdue
    from marts.fct_hazards
    where
        found_on < $end
        and coalesce(rectified_on >= $end, true)
        and deadline_on < $end - interval 1 day
        and ($town is null or town = $town)
)

select
    case
        when days_overdue <= 7 then '1-7'
        when days_overdue <= 30 then '8-30'
        when days_overdue <= 90 then '31-90'
        else '90+'
    end as band,
    min(days_overdue) as least_days,
    count(*) as count_overdue
from overdue
group by all
order by least_days
