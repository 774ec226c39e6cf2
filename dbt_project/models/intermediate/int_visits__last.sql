with visits as (
    select * from {{ ref('int_subject_visits') }}
    where from_month < to_month
),

ranked as (
    -- never taken back: counts from its month on
    select
        unit, replay, subject_id, from_month as month_index,
        visit_rank as lasting_rank,
        case when score is not null then visit_rank end as lasting_scored_rank,
        cast(null as bigint) as passing_rank,
        cast(null as bigint) as passing_scored_rank
    from visits
    where to_month >= {{ month_index(still()) }}
    union all
    -- superseded later: counts in each of its months alone
    select
        visits.unit, visits.replay, visits.subject_id, months.month_index,
        null, null,
        visits.visit_rank,
        case when visits.score is not null then visits.visit_rank end
    from visits
    inner join {{ ref('int_months') }} as months
        on visits.replay = months.replay
        and visits.from_month <= months.month_index
        and visits.to_month > months.month_index
    where visits.to_month < {{ month_index(still()) }}
)

select
    unit,
    replay,
    subject_id,
    month_index,
    max(lasting_rank) as lasting_rank,
    max(lasting_scored_rank) as lasting_scored_rank,
    max(passing_rank) as passing_rank,
    max(passing_scored_rank) as passing_scored_rank
from ranked
group by unit, replay, subject_id, month_index
