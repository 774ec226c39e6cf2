with accidents as (
    select * from {{ ref('int_accidents__versions') }}
    where disposition = 'accepted'
),

subjects as (
    select * from {{ ref('int_accidents__known') }}
    where replay = 'current'
)

select
    {{ row_id('a', 'accidents') }} as accident_id,
    accidents.accident_code,
    subjects.enterprise_id,
    subjects.park_id,
    coalesce(towns.resolved_town, enterprises.town, parks.town) as town,
    accidents.sector,
    accidents.occurred_on,
    accidents.occurred_clock,
    accidents.place,
    accidents.accident_type,
    accidents.type_edition,
    accidents.deaths,
    accidents.serious_injuries,
    accidents.minor_injuries,
    case
        when accidents.serious_injuries is not null and accidents.minor_injuries is not null
            then accidents.serious_injuries + accidents.minor_injuries
        else coalesce(
            accidents.injured, accidents.serious_injuries, accidents.minor_injuries
        )
    end as count_injured,
    accidents.direct_loss_fen,
    accidents.grade_claimed,
    {{ accident_grade(
        'accidents.deaths', 'accidents.serious_injuries', 'accidents.direct_loss_fen'
    ) }} as grade,
    accidents.reported_on,
    accidents.reported_clock,
    accidents.cause,
    subjects.is_counted,
    accidents.struck_off_reason,
    accidents.concluded_on,
    accidents.known_from,
    accidents.source_system,
    accidents._file_id,
    accidents.file_name,
    accidents._sheet,
    accidents._row_number
from accidents
inner join subjects
    on accidents.source_system = subjects.source_system and accidents._key = subjects._key
-- left: rows without a town, an enterprise or a park
left join {{ ref('int_towns') }} as towns on accidents.town = towns.town
left join {{ ref('dim_enterprises') }} as enterprises
    on subjects.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on subjects.park_id = parks.park_id
