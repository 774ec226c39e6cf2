select * from {{ source('ops', 'code_choices') }}
