select * from {{ source('ops', 'settings') }}
