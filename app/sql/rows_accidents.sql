-- Accidents, newest first: all, or those of a window that count in statistics.
select
    accidents.occurred_on, accidents.grade, accidents.grade_claimed, accidents.accident_type,
    enterprises.enterprise_name, parks.park_name, accidents.town, accidents.place as accident_place,
    accidents.deaths, accidents.serious_injuries, accidents.count_injured,
    accidents.direct_loss_fen / 100.0 as direct_loss_yuan, accidents.cause,
    accidents.is_counted, accidents.struck_off_reason, accidents.reported_on,
    accidents.concluded_on, accidents.accident_code,
    accidents.file_name, accidents._sheet, accidents._row_number,
    (sum(accidents.deaths) over ())::bigint as sum_deaths,
    count(*) over () as count_all
from marts.fct_accidents as accidents
-- an accident may name an enterprise, a park, both or only a place
left join marts.dim_enterprises as enterprises
    on accidents.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on accidents.park_id = parks.park_id
where
    (
        $only = 'all'
        or (
            accidents.is_counted
            and accidents.occurred_on > $since and accidents.occurred_on <= $until
        )
    )
    and ($month is null or strftime(accidents.occurred_on, '%Y-%m') = $month)
    and ($town is null or accidents.town = $town)
    and ($park is null or accidents.park_id = $park)
    and (
        $text = ''
        or contains(lower(coalesce(enterprises.enterprise_name, '')), lower($text))
        or contains(lower(coalesce(parks.park_name, '')), lower($text))
        or contains(lower(coalesce(accidents.place, '')), lower($text))
        or contains(lower(coalesce(accidents.accident_code, '')), lower($text))
    )
order by accidents.occurred_on desc, accidents.accident_id
limit $limit
