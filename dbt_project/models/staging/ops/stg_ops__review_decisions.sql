select * from {{ source('ops', 'review_decisions') }}
