{{ config(tags=['after_models']) }}
select
    run_id,
    subject_id as park_id,
    as_of_on,
    score,
    rank,
    count_cohort
from {{ ref('stg_ml__scores') }}
where unit = 'park'
