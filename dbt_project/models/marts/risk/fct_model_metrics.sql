{{ config(tags=['after_models']) }}
select
    run_id,
    split_on,
    estimator,
    metric,
    k_share,
    value,
    value_worst,
    value_best,
    labelled_share,
    count_labelled,
    count_cohort,
    count_positive
from {{ ref('stg_ml__metrics') }}
