{{ config(tags=['after_models']) }}
select
    round_id,
    as_of_on,
    begins_on,
    ends_on,
    district_name,
    seed,
    capacity,
    count_duty,
    count_key,
    count_random,
    count_left,
    count_eligible,
    count_cohort,
    park_run_id,
    enterprise_run_id,
    input_fingerprint,
    method,
    rules
from {{ ref('stg_ml__rounds') }}
