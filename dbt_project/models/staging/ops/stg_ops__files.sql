select * from {{ source('ops', 'files') }}
