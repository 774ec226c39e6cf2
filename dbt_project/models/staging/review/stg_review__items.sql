select * from {{ source('review', 'items') }}
