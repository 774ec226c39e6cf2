select * from {{ source('ml', 'model_runs') }}
