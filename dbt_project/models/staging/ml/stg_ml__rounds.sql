select * from {{ source('ml', 'rounds') }}
