with accidents as (
    select 'park' as unit, park_id as subject_id, * from {{ ref('int_accidents__known') }}
    where park_id is not null and replay <> 'current' and is_counted
    union all
    select 'enterprise', enterprise_id, * from {{ ref('int_accidents__known') }}
    where enterprise_id is not null and replay <> 'current' and is_counted
),

spans as (
    {{ counted('accidents_24m', 'accidents', 'occurred_on', 24) }}
    union all
    {{ counted('deaths_24m', 'accidents', 'occurred_on', 24, 'deaths is not null', 'deaths') }}
)

{{ deltas('spans') }}
