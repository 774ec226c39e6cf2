select * from {{ source('ops', 'rejected') }}
