select * from {{ source('ml', 'round_frame') }}
