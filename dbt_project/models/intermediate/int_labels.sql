with label_rule as (
    select * from {{ ref('stg_ops__rule_label') }}
),

outcomes as (
    select * from {{ ref('int_outcomes') }}
),

-- D < visited_on <= D + horizon, D a month end: whole months again
windows as (
    select
        outcomes.*,
        {{ month_index('outcomes.visited_on - cast(label_rule.horizon_days as integer)') }}
            as from_month,
        {{ month_index('outcomes.visited_on') }} as to_month
    from outcomes
    cross join label_rule
),

in_windows as (
    select windows.*, windows.from_month + positions.position - 1 as month_index
    from windows
    inner join {{ ref('int_positions') }} as positions
        on positions.position <= windows.to_month - windows.from_month
),

-- "next": the first day with an outcome decides alone
deciding as (
    select in_windows.*
    from in_windows
    cross join label_rule
    where in_windows.bad_code is not null
    qualify label_rule.visit <> 'next' or rank() over (
        partition by in_windows.replay, in_windows.unit, in_windows.current_id,
            in_windows.month_index
        order by in_windows.visited_on
    ) = 1
),

decided as (
    select
        replay,
        unit,
        current_id,
        month_index,
        bool_or(bad_code = 1) as label,
        min(case when bad_code = 1 then positive_known_on end) as positive_known_on,
        min(visited_known_on) as visited_known_on
    from deciding
    group by replay, unit, current_id, month_index
),

counted as (
    select replay, unit, current_id, month_index, count(*) as count_visits
    from in_windows
    group by replay, unit, current_id, month_index
),

complete_months as (
    select
        months.replay,
        months.month_index,
        months.as_of_on + cast(label_rule.horizon_days as integer) <= as_of.newest_known_on
            as is_complete
    from {{ ref('int_months') }} as months
    cross join label_rule
    cross join {{ ref('int_as_of') }} as as_of
)

select
    cohort.unit,
    cohort.replay,
    cohort.subject_id,
    cohort.as_of_on,
    case when complete_months.is_complete then decided.label end as label,
    case when complete_months.is_complete then decided.positive_known_on end as positive_known_on,
    case when complete_months.is_complete then decided.visited_known_on end as visited_known_on,
    case when complete_months.is_complete then coalesce(counted.count_visits, 0) end
        as count_visits
from {{ ref('int_cohort') }} as cohort
inner join {{ ref('int_successors') }} as successors
    on cohort.unit = successors.unit and cohort.replay = successors.replay
    and cohort.subject_id = successors.subject_id
inner join complete_months
    on cohort.replay = complete_months.replay
    and cohort.month_index = complete_months.month_index
-- left: nobody came
left join decided
    on cohort.unit = decided.unit and cohort.replay = decided.replay
    and successors.current_id = decided.current_id
    and cohort.month_index = decided.month_index
left join counted
    on cohort.unit = counted.unit and cohort.replay = counted.replay
    and successors.current_id = counted.current_id
    and cohort.month_index = counted.month_index
