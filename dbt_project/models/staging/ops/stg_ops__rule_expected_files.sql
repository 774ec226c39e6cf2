select * from {{ source('ops', 'rule_expected_files') }}
