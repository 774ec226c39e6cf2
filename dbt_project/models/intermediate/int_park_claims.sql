with all_claims as (
    select
        'parks' as export, park_identity, park_name_norm, park_name, town, park_code,
        true as is_register, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_parks__versions') }}
    union all
    select
        'leases', park_identity, park_name_norm, park_name, town, park_code,
        false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_leases__versions') }}
    union all
    select
        'inspections', park_identity, park_name_norm, park_name, town, park_code,
        false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_inspections__versions') }}
    union all
    select
        'hazards', park_identity, park_name_norm, park_name, town, park_code,
        false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_hazards__versions') }}
    union all
    select
        'devices', park_identity, park_name_norm, park_name, town, park_code,
        false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_devices__versions') }}
    union all
    select
        'alarms', park_identity, park_name_norm, park_name, town, park_code,
        false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_alarms__versions') }}
    union all
    select
        'accidents', park_identity, park_name_norm, park_name, town, park_code,
        false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_accidents__versions') }}
    union all
    select
        'enterprises', park_identity, park_name_norm, park_name, town,
        cast(null as varchar), false, known_from, _file_id, _sheet, _row_number
    from {{ ref('int_enterprises__versions') }}
)

select
    export,
    park_identity as identity,
    park_name_norm as name_norm,
    park_name as name,
    town,
    park_code,
    is_register,
    coalesce(known_from, {{ undated() }}) as known_from,
    _file_id,
    _sheet,
    _row_number
from all_claims
where park_identity is not null
