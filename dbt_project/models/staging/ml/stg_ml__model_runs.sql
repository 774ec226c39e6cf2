-- rowid: ml.* is only ever appended to, so the larger one was written later
select *, rowid as run_number from {{ source('ml', 'model_runs') }}
