-- Hazards with their state at the data date, the longest overdue first.
select
    hazards.found_on, hazards.level, hazards.description, hazards.category, hazards.location,
    enterprises.enterprise_name, parks.park_name, hazards.town, hazards.found_by,
    case
        when hazards.is_overdue then 'overdue'
        when hazards.is_closed then 'closed'
        when hazards.is_rectified then 'rectified'
        else 'open'
    end as state,
    hazards.deadline_on, hazards.rectified_on,
    nullif(hazards.days_overdue, 0) as days_overdue, hazards.hazard_code,
    hazards.file_name, hazards._sheet, hazards._row_number,
    count(*) over () as count_all
from marts.fct_hazards as hazards
-- a hazard may name an enterprise, a park or both
left join marts.dim_enterprises as enterprises on hazards.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on hazards.park_id = parks.park_id
where
    (
        $only = 'all'
        or (
            hazards.found_on <= $until
            and ($only in ('open', 'overdue') or hazards.found_on > $since)
        )
    )
    and ($only <> 'serious' or hazards.level in ('较大', '重大'))
    and ($only <> 'open' or not hazards.is_rectified)
    and ($only <> 'overdue' or hazards.is_overdue)
    and ($month is null or strftime(hazards.found_on, '%Y-%m') = $month)
    and ($town is null or hazards.town = $town)
    and ($park is null or hazards.park_id = $park)
    and (
        $text = ''
        or contains(lower(hazards.description), lower($text))
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
    )
order by
    hazards.is_overdue desc, hazards.is_rectified, hazards.found_on desc, hazards.hazard_id
limit $limit
