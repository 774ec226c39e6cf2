select export, column_name, code, position from {{ ref('stg_ops__code_choices') }}
