-- Hazards found in a period with their state at its end, and those whose deadline fell in it.
-- Time to rectify is the Kaplan-Meier median: open hazards count as not yet, not as nothing.
with hazards as (
    select
        found_on >= $start as is_found,
        level,
        coalesce(is_simple, false) as is_simple,
        coalesce(rectified_on < $end, false) as is_rectified,
        coalesce(closed_on < $end, false) as is_closed,
        coalesce(deadline_on >= $start and deadline_on < $end, false) as is_due,
        coalesce(rectified_on <= deadline_on, false) as was_on_time,
        coalesce(deadline_on < $end - interval 1 day, false) as is_past_deadline,
        case when rectified_on < $end then rectified_on - found_on else ($end - 1) - found_on end
            as days_watched
    from marts.fct_hazards
    where found_on < $end and ($town is null or town = $town)
),

durations as (
    select
        days_watched,
        count(*) filter (where is_rectified) as count_rectified,
        sum(count(*)) over (order by days_watched desc) as count_at_risk
    from hazards
    where is_found
    group by days_watched
),

still_open as (
    select
        days_watched,
        sum(case
            when count_at_risk > count_rectified then ln(1 - count_rectified / count_at_risk)
            else -1000
        end) over (order by days_watched) as log_share_open
    from durations
)

select
    count(*) filter (where is_found) as count_found,
    count(*) filter (where is_found and level = '重大') as count_major,
    count(*) filter (where is_found and level = '较大') as count_serious,
    count(*) filter (where is_found and is_simple) as count_simple,
    count(*) filter (where is_found and is_rectified) as count_rectified,
    count(*) filter (where is_found and is_closed) as count_closed,
    count(*) filter (where is_found and not is_rectified and is_past_deadline) as count_overdue,
    count(*) filter (where is_found and level = '重大' and is_rectified) as count_major_rectified,
    count(*) filter (where is_due) as count_due,
    count(*) filter (where is_due and was_on_time) as count_on_time,
    count(*) filter (where not is_rectified) as count_open_all,
    count(*) filter (where not is_rectified and is_past_deadline) as count_overdue_all,
    (select min(days_watched) from still_open where log_share_open <= ln(0.5) + 1e-12)
        as median_days
from hazards
