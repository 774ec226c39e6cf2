-- Hazards found in a period by level, category, town and way of finding, with their state at
-- its end ('?' = not stated).
with hazards as (
    select
        coalesce(level, '?') as level,
        coalesce(category, '?') as category,
        coalesce(town, '?') as town,
        coalesce(found_by, '?') as found_by,
        coalesce(rectified_on < $end, false) as is_rectified,
        coalesce(closed_on < $end, false) as is_closed,
        coalesce(deadline_on < $end - interval 1 day, false) as is_past_deadline
    from marts.fct_hazards
    where
        found_on >= $start and found_on < $end
        and ($town is null or town = $town)
)

select
    case
        when grouping(level) = 0 then 'level'
        when grouping(category) = 0 then 'category'
        when grouping(town) = 0 then 'town'
        else 'found_by'
    end as dimension,
    coalesce(level, category, town, found_by) as code,
    count(*) as count_found,
    count(*) filter (where is_rectified) as count_rectified,
    count(*) filter (where is_closed) as count_closed,
    count(*) filter (where not is_rectified and is_past_deadline) as count_overdue
from hazards
group by grouping sets ((level), (category), (town), (found_by))
order by dimension, count_found desc, code
