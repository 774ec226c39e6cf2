select * from {{ source('ops', 'rule_subject_decisions') }}
