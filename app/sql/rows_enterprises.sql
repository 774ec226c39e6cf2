-- Subjects of supervision with the park they are in: those in force, or all.
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
    (
        $only <> 'current'
        or (
            not enterprises.is_provisional
            and coalesce(enterprises.closed_on > $until, true)
            and coalesce(enterprises.production_status, '') <> '关闭'
        )
    )
    and ($town is null or enterprises.town = $town)
    and ($park is null or enterprises.park_id = $park)
    and (
        $text = ''
        or contains(lower(enterprises.enterprise_name), lower($text))
        or contains(lower(coalesce(enterprises.uscc, '')), lower($text))
    )
order by enterprises.enterprise_name, enterprises.enterprise_id
limit $limit
