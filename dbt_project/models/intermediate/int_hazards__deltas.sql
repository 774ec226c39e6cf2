with hazards as (
    select 'park' as unit, park_id as subject_id, * from {{ ref('int_hazards__known') }}
    where park_id is not null and replay <> 'current'
    union all
    select 'enterprise', enterprise_id, * from {{ ref('int_hazards__known') }}
    where enterprise_id is not null and replay <> 'current'
),

dated as (
    select
        *,
        coalesce(rectified_on, {{ still() }}) as open_until,
        -- overdue from the day after the deadline, never before it was found
        greatest(deadline_on + 1, found_on) as overdue_from
    from hazards
),

spans as (
    {{ counted('hazards_3m', 'dated', 'found_on', 3) }}
    union all
    {{ counted('hazards_12m', 'dated', 'found_on', 12) }}
    union all
    {{ counted('hazards_serious_3m', 'dated', 'found_on', 3, 'is_serious') }}
    union all
    {{ counted('hazards_serious_12m', 'dated', 'found_on', 12, 'is_serious') }}
    union all
    {{ counted('hazards_serious_24m', 'dated', 'found_on', 24, 'is_serious') }}
    union all
    {{ counted('hazards_major_12m', 'dated', 'found_on', 12, "level = '重大'") }}
    union all
    {{ counted(
        'hazards_rectified_late_12m', 'dated', 'greatest(rectified_on, found_on)', 12,
        'rectified_on > deadline_on'
    ) }}
    union all
    {{ lasting('hazards_open', 'dated', 'found_on', 'open_until') }}
    union all
    {{ lasting('hazards_serious_open', 'dated', 'found_on', 'open_until', 'is_serious') }}
    union all
    {{ lasting(
        'hazards_overdue', 'dated', 'overdue_from', 'open_until', 'deadline_on is not null'
    ) }}
)

{{ deltas('spans') }}
