select * from {{ source('ml', 'reasons') }}
