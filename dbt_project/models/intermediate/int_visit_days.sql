with outcomes as (
    select * from {{ ref('int_outcomes') }}
    where bad_code is not null
),

-- the worst outcome of a day is the day's
days as (
    select
        unit,
        replay,
        current_id,
        visited_on,
        -- what a ranking had before the visit: the state of the last month end before its day
        {{ month_index('visited_on') }} - 1 as month_index,
        bool_or(bad_code = 1) as label,
        min(case when bad_code = 1 then positive_known_on end) as positive_known_on,
        min(visited_known_on) as visited_known_on
    from outcomes
    group by unit, replay, current_id, visited_on
)

select
    cohort.unit,
    cohort.replay,
    cohort.subject_id,
    cohort.as_of_on,
    days.visited_on,
    days.label,
    days.positive_known_on,
    days.visited_known_on
from {{ ref('int_cohort') }} as cohort
inner join {{ ref('int_successors') }} as successors
    on cohort.unit = successors.unit and cohort.replay = successors.replay
    and cohort.subject_id = successors.subject_id
inner join days
    on cohort.unit = days.unit and cohort.replay = days.replay
    and successors.current_id = days.current_id
    and cohort.month_index = days.month_index
