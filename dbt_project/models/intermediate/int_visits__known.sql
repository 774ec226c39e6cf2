with visits as (
    select
        *,
        event_on as visited_on,
        row_number() over (
            order by replay, source_system, _key, known_from
        ) as visit_number,
        -- a code two systems use names a visit only inside its own system
        min(source_system) over (partition by replay, inspection_code)
        = max(source_system) over (partition by replay, inspection_code) as is_code_unique
    from {{ ref('int_inspections__known') }}
),

label_rule as (
    select * from {{ ref('stg_ops__rule_label') }}
),

label_hazards as (
    select hazards.*
    from {{ ref('int_hazards__known') }} as hazards
    inner join label_rule
        on label_rule.kind = 'hazard_level'
        and position(',' || hazards.level || ',' in ',' || label_rule.levels || ',') > 0
),

outcomes as (
    select
        visits.visit_number,
        case
            when label_rule.kind = 'hazard_level' then 0
            when visits.score < label_rule.threshold then 1
            when visits.score is not null then 0
        end as bad_code,
        2 as choice,
        visits.known_from,
        visits.known_to
    from visits
    cross join label_rule
    union all
    select
        visits.visit_number, 1, 1,
        greatest(visits.known_from, hazards.known_from),
        least(visits.known_to, hazards.known_to)
    from visits
    inner join label_hazards as hazards
        on visits.replay = hazards.replay
        and visits.inspection_code = hazards.inspection_code
        and (visits.is_code_unique or visits.source_system = hazards.source_system)
        and {{ known_together('visits', 'hazards') }}
    union all
    select
        visits.visit_number, 1, 1,
        greatest(visits.known_from, hazards.known_from),
        least(visits.known_to, hazards.known_to)
    from visits
    inner join label_hazards as hazards
        on visits.replay = hazards.replay
        and visits.visited_on = hazards.found_on
        and visits.source_system = hazards.source_system
        and coalesce(visits.enterprise_id, visits.park_id)
        = coalesce(hazards.enterprise_id, hazards.park_id)
        and (visits.inspection_code is null or hazards.inspection_code is null)
        and {{ known_together('visits', 'hazards') }}
),

best_outcomes as (
    select * from {{ timeline(
        'outcomes', ['visit_number'], ['bad_code'], 'outcomes.choice'
    ) }} as best
),

visit_spans as (
    select
        visits.replay,
        visits.source_system,
        visits._key,
        visits.enterprise_id,
        visits.park_id,
        visits.visited_on,
        visits.score,
        best_outcomes.bad_code,
        best_outcomes.known_from,
        best_outcomes.known_to
    from visits
    inner join best_outcomes on visits.visit_number = best_outcomes.visit_number
)

select
    replay,
    source_system,
    _key,
    enterprise_id,
    park_id,
    visited_on,
    score,
    bad_code,
    known_from,
    known_to
from {{ merged_spans(
    'visit_spans',
    ['replay', 'source_system', '_key'],
    ['enterprise_id', 'park_id', 'visited_on', 'score', 'bad_code']
) }} as merged
