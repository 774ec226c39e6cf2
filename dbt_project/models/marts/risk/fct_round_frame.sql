{{ config(tags=['after_models']) }}
select
    round_id,
    unit,
    subject_id,
    name,
    town,
    part,
    exclusion,
    decision,
    decision_reason,
    stratum,
    count_stratum,
    count_drawn,
    inclusion_probability,
    lot
from {{ ref('stg_ml__round_frame') }}
