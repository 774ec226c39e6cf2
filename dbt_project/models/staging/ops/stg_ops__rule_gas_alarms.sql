select * from {{ source('ops', 'rule_gas_alarms') }}
