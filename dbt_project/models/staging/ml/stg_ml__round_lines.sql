select * from {{ source('ml', 'round_lines') }}
