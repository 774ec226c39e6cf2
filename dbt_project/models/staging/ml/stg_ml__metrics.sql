select * from {{ source('ml', 'metrics') }}
