{{ config(tags=['after_models']) }}
with runs as (
    select * from {{ ref('stg_ml__model_runs') }}
    where unit = 'enterprise'
)

select
    reasons.run_id,
    reasons.subject_id as enterprise_id,
    reasons.feature,
    reasons.value,
    reasons.contribution,
    reasons.position
from {{ ref('stg_ml__reasons') }} as reasons
inner join runs on reasons.run_id = runs.run_id
