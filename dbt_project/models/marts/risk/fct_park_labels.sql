select
    labels.subject_id as park_id,
    labels.as_of_on,
    labels.replay,
    labels.label,
    labels.positive_known_on,
    labels.visited_known_on,
    labels.count_visits
from {{ ref('int_labels') }} as labels
inner join {{ ref('fct_park_features') }} as features
    on labels.subject_id = features.park_id
    and labels.as_of_on = features.as_of_on
    and labels.replay = features.replay
where labels.unit = 'park'
