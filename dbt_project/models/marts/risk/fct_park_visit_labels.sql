select
    days.subject_id as park_id,
    days.visited_on,
    days.replay,
    days.as_of_on,
    days.label,
    days.positive_known_on,
    days.visited_known_on
from {{ ref('int_visit_days') }} as days
inner join {{ ref('fct_park_features') }} as features
    on days.subject_id = features.park_id
    and days.as_of_on = features.as_of_on
    and days.replay = features.replay
where days.unit = 'park'
