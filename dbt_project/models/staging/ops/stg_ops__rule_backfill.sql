select * from {{ source('ops', 'rule_backfill') }}
