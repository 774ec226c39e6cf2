select * from {{ source('ops', 'rule_label') }}
