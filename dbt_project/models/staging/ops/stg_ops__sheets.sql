select * from {{ source('ops', 'sheets') }}
