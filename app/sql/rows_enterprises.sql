-- Subjects of supervision, with the park they are in.
select
    enterprises.enterprise_name, enterprises.town, parks.park_name, enterprises.industry_name,
    enterprises.subject_kind, enterprises.scale, enterprises.employee_count,
    enterprises.production_status, enterprises.is_provisional,
    enterprises.file_name, enterprises._sheet, enterprises._row_number,
    count(*) over () as count_all
from marts.dim_enterprises as enterprises
-- an enterprise may be in no park
left join marts.dim_parks as parks on enterprises.park_id = parks.park_id
where
    ($town is null or enterprises.town = $town)
    and ($park is null or enterprises.park_id = $park)
    and (
        $text = ''
        or contains(lower(enterprises.enterprise_name), lower($text))
        or contains(lower(coalesce(enterprises.uscc, '')), lower($text))
    )
order by enterprises.enterprise_name, enterprises.enterprise_id
limit $limit
