with visits as (
    select 'park' as unit, park_id as subject_id, * from {{ ref('int_visits__known') }}
    where park_id is not null and replay <> 'current'
    union all
    select 'enterprise', enterprise_id, * from {{ ref('int_visits__known') }}
    where enterprise_id is not null and replay <> 'current'
),

spans as (
    {{ counted('visits_3m', 'visits', 'visited_on', 3) }}
    union all
    {{ counted('visits_12m', 'visits', 'visited_on', 12) }}
    union all
    {{ counted('visits_all', 'visits', 'visited_on') }}
    union all
    {{ counted('bad_visits_12m', 'visits', 'visited_on', 12, 'bad_code = 1') }}
    union all
    {{ counted('bad_visits_all', 'visits', 'visited_on', none, 'bad_code = 1') }}
    union all
    {{ counted('scored_visits_all', 'visits', 'visited_on', none, 'score is not null') }}
    union all
    -- whole thousandths, so that a running sum adds and takes away exactly
    {{ counted(
        'scores_all_milli', 'visits', 'visited_on', none, 'score is not null',
        'round(score * 1000)'
    ) }}
)

{{ deltas('spans') }}
