select * from {{ source('ops', 'issues') }}
