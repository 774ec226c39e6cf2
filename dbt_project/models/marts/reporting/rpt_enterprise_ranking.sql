{{ config(tags=['after_models']) }}
with as_of as (
    select * from {{ ref('int_as_of') }}
),

-- the newest run at the warehouse's as-of day; older runs are history
current_run as (
    select runs.*
    from {{ ref('stg_ml__model_runs') }} as runs
    inner join as_of on runs.as_of_on = as_of.as_of_on
    where runs.unit = 'enterprise'
    qualify row_number() over (order by runs.run_number desc) = 1
),

scores as (
    select scores.*
    from {{ ref('stg_ml__scores') }} as scores
    inner join current_run on scores.run_id = current_run.run_id
),

features as (
    select features.*
    from {{ ref('fct_enterprise_features') }} as features
    inner join current_run
        on features.as_of_on = current_run.as_of_on and features.replay = current_run.replay
),

reasons as (
    select
        subject_id,
        min(case when position = 1 then feature end) as reason_1,
        min(case when position = 2 then feature end) as reason_2,
        min(case when position = 3 then feature end) as reason_3
    from {{ ref('stg_ml__reasons') }}
    where run_id in (select run_id from current_run)
    group by subject_id
)

select
    scores.subject_id as enterprise_id,
    scores.rank,
    scores.score,
    enterprises.enterprise_name,
    enterprises.town,
    enterprises.park_id,
    scores.as_of_on - features.days_since_last_visit as last_inspected_on,
    features.hazards_serious_12m,
    features.hazards_open,
    features.hazards_overdue,
    reasons.reason_1,
    reasons.reason_2,
    reasons.reason_3,
    scores.run_id,
    scores.as_of_on
from scores
inner join features on scores.subject_id = features.enterprise_id
inner join {{ ref('dim_enterprises') }} as enterprises
    on scores.subject_id = enterprises.enterprise_id
-- left: a rule may have no reasons
left join reasons on scores.subject_id = reasons.subject_id
