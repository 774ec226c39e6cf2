{{ config(tags=['after_models']) }}
select
    runs.run_id,
    runs.unit,
    runs.as_of_on,
    runs.replay,
    runs.label_name,
    runs.horizon_days,
    runs.delay_days,
    runs.winner,
    runs.is_rule,
    runs.gain_low,
    runs.base_rate,
    runs.config,
    runs.input_fingerprint,
    runs.count_train_rows,
    runs.count_splits
from {{ ref('stg_ml__model_runs') }} as runs
