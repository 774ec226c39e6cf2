select * from {{ source('ml', 'scores') }}
