-- every device met in any export, whose it is today, and the first row that names it
with registered as (
    select
        'current' as replay,
        known.device_id,
        known.device_system,
        known.device_code,
        known.gas_kind,
        known.alarm_1_lel_pct,
        known.alarm_2_lel_pct,
        known.installed_on,
        known.removed_on,
        enterprise_links.subject_id as enterprise_id,
        park_links.subject_id as own_park_id
    from {{ ref('int_devices__known') }} as known
    -- left: devices of nobody, of an enterprise or of a park alone
    left join {{ ref('int_enterprise_links') }} as enterprise_links
        on known.enterprise_identity = enterprise_links.identity
        and enterprise_links.replay = 'current'
    left join {{ ref('int_park_links') }} as park_links
        on known.park_identity = park_links.identity and park_links.replay = 'current'
    where known.replay = 'current' and known.source_system = known.device_system
),

namings as (
    select
        source_system, device_code, known_from, _file_id, _sheet, _row_number,
        'readings' as export
    from {{ ref('int_readings__versions') }}
    union all
    select source_system, device_code, known_from, _file_id, _sheet, _row_number, 'alarms'
    from {{ ref('int_alarms__versions') }}
    where device_code is not null
),

provisional as (
    select
        {{ device_id('cast(null as varchar)', 'namings.device_code') }} as device_id,
        namings.*
    from namings
    -- left: those without a partner are what is looked for
    left join {{ ref('int_devices__known') }} as known
        on namings.source_system = known.source_system
        and namings.device_code = known.device_code and known.replay = 'current'
    where known.device_code is null
    qualify row_number() over (
        partition by namings.device_code
        order by
            namings.known_from nulls last, namings._file_id, namings._sheet,
            namings._row_number, namings.export
    ) = 1
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

devices as (
    select registered.*, as_of.as_of_on, null as known_from, null as _file_id, null as _sheet,
        null as _row_number, null as export
    from registered
    cross join as_of
    union all
    select
        'current', provisional.device_id, null, provisional.device_code, null, null, null, null,
        null, null, null, as_of.as_of_on, provisional.known_from, provisional._file_id,
        provisional._sheet, provisional._row_number, provisional.export
    from provisional
    cross join as_of
)

select
    device_id,
    device_system,
    device_code,
    device_system is not null as is_registered,
    gas_kind,
    alarm_1_lel_pct,
    alarm_2_lel_pct,
    installed_on,
    removed_on,
    enterprise_id,
    own_park_id,
    park_id,
    cast(known_from as date) as named_from,
    cast(_file_id as varchar) as _file_id,
    cast(_sheet as varchar) as _sheet,
    cast(_row_number as bigint) as _row_number,
    cast(export as varchar) as export
from {{ parks_on_day('devices', ['device_id'], 'as_of_on', 'as_of_on') }} as placed
