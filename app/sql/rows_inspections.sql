-- Visits, newest first: all, those of a window, or the bad ones of it.
select
    visits.inspected_on, visits.kind, visits.inspecting_unit, visits.count_inspectors,
    enterprises.enterprise_name, parks.park_name, visits.town, visits.result, visits.score,
    case when exists (from marts.fct_hazards) then visits.count_hazards end as count_hazards,
    visits.is_bad, visits.inspection_code,
    visits.file_name, visits._sheet, visits._row_number,
    count(*) over () as count_all
from marts.fct_inspections as visits
-- a visit may name an enterprise, a park or both
left join marts.dim_enterprises as enterprises on visits.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on visits.park_id = parks.park_id
where
    (
        $only in ('all', 'bad_all')
        or (visits.inspected_on > $since and visits.inspected_on <= $until)
    )
    and ($only not in ('bad', 'bad_all') or visits.is_bad)
    and ($month is null or strftime(visits.inspected_on, '%Y-%m') = $month)
    and ($town is null or visits.town = $town)
    and ($park is null or visits.park_id = $park)
    and (
        $text = ''
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
        or contains(lower(coalesce(visits.inspection_code, '')), lower($text))
    )
order by visits.inspected_on desc, visits.inspection_id
limit $limit
