with visits as (
    select * from {{ ref('int_visits__known') }}
),

months as (
    select replay, month_index as first_month_index
    from {{ ref('int_months') }}
    where is_first
),

of_subjects as (
    select 'park' as unit, park_id as subject_id, * from visits
    where park_id is not null
    union all
    select 'enterprise', enterprise_id, * from visits
    where enterprise_id is not null
)

select
    of_subjects.unit,
    of_subjects.replay,
    of_subjects.subject_id,
    of_subjects.source_system,
    of_subjects._key,
    of_subjects.visited_on,
    of_subjects.bad_code,
    of_subjects.score,
    {{ month_index('of_subjects.visited_on') }} as visited_month,
    greatest(
        {{ first_month('of_subjects.visited_on', 'of_subjects.known_from') }},
        months.first_month_index
    ) as from_month,
    {{ last_month(known_to='of_subjects.known_to') }} as to_month,
    -- the later visit is larger; on one day the worse outcome, then the lower score
    row_number() over (
        order by
            of_subjects.visited_on, coalesce(of_subjects.bad_code, -1),
            of_subjects.score desc nulls first, of_subjects.unit, of_subjects.replay,
            of_subjects.subject_id, of_subjects.source_system, of_subjects._key,
            of_subjects.known_from
    ) as visit_rank
from of_subjects
inner join months on of_subjects.replay = months.replay
