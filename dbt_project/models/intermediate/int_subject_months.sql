{%- set features = [
    'visits_3m', 'visits_12m', 'visits_all', 'bad_visits_12m', 'bad_visits_all',
    'scored_visits_all', 'scores_all_milli',
    'hazards_3m', 'hazards_12m', 'hazards_serious_3m', 'hazards_serious_12m',
    'hazards_serious_24m', 'hazards_major_12m', 'hazards_rectified_late_12m', 'hazards_open',
    'hazards_serious_open', 'hazards_overdue', 'count_tenants', 'tenants_signed',
    'tenants_agreement_known', 'tenants_sublet', 'hazchem_tenants', 'employees',
    'employees_known', 'tenants_arrived_12m', 'tenants_left_12m',
    'cases_24m', 'fines_24m_fen', 'accidents_24m', 'deaths_24m',
] -%}
with cohort as (
    select * from {{ ref('int_cohort') }}
),

subjects as (
    select distinct replay, unit, subject_id from cohort
),

-- every month of every subject: a running sum needs the months before it was met, too
spine as (
    select subjects.unit, subjects.replay, subjects.subject_id, months.month_index
    from subjects
    inner join {{ ref('int_months') }} as months on subjects.replay = months.replay
),

all_deltas as (
    select * from {{ ref('int_visits__deltas') }}
    union all
    select * from {{ ref('int_hazards__deltas') }}
    union all
    select * from {{ ref('int_tenancies__deltas') }}
    union all
    select * from {{ ref('int_cases__deltas') }}
    union all
    select * from {{ ref('int_accidents__deltas') }}
),

steps as (
    select
        unit, replay, subject_id, month_index
        {%- for feature in features %},
        sum(case when feature = '{{ feature }}' then delta end) as {{ feature }}
        {%- endfor %}
    from all_deltas
    group by unit, replay, subject_id, month_index
),

last_visits as (
    select * from {{ ref('int_visits__last') }}
),

running as (
    select
        spine.unit, spine.replay, spine.subject_id, spine.month_index,
        {%- for feature in features %}
        cast(coalesce(sum(steps.{{ feature }}) over up_to_month, 0) as bigint) as {{ feature }},
        {%- endfor %}
        greatest(
            max(last_visits.lasting_rank) over up_to_month, last_visits.passing_rank
        ) as last_visit_rank,
        greatest(
            max(last_visits.lasting_scored_rank) over up_to_month,
            last_visits.passing_scored_rank
        ) as last_scored_rank
    from spine
    -- left: most months of a subject bring nothing new
    left join steps
        on spine.unit = steps.unit and spine.replay = steps.replay
        and spine.subject_id = steps.subject_id and spine.month_index = steps.month_index
    left join last_visits
        on spine.unit = last_visits.unit and spine.replay = last_visits.replay
        and spine.subject_id = last_visits.subject_id
        and spine.month_index = last_visits.month_index
    window up_to_month as (
        partition by spine.unit, spine.replay, spine.subject_id
        order by spine.month_index
        rows between unbounded preceding and current row
    )
),

visits as (
    select visit_rank, visited_on, bad_code, score from {{ ref('int_subject_visits') }}
)

select
    running.unit,
    running.replay,
    running.subject_id,
    running.month_index,
    cohort.as_of_on,
    {%- for feature in features %}
    running.{{ feature }},
    {%- endfor %}
    {{ days_between('last_visit.visited_on', 'cohort.as_of_on') }} as days_since_last_visit,
    last_visit.bad_code as was_last_visit_bad,
    last_scored.score as last_score,
    case
        when running.scored_visits_all > 0
            then running.scores_all_milli / 1000.0 / running.scored_visits_all
    end as mean_score_all
from running
inner join cohort
    on running.unit = cohort.unit and running.replay = cohort.replay
    and running.subject_id = cohort.subject_id and running.month_index = cohort.month_index
-- left: subjects never visited, or never scored
left join visits as last_visit on running.last_visit_rank = last_visit.visit_rank
left join visits as last_scored on running.last_scored_rank = last_scored.visit_rank
