with devices as (
    select * from {{ ref('int_devices__placed') }}
),

register as (
    select * from {{ ref('int_devices__versions') }}
    where disposition = 'accepted'
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

limits as (
    select rules.*
    from {{ ref('stg_ops__rule_gas_alarms') }} as rules
    inner join as_of
        on as_of.as_of_on >= rules.valid_from and as_of.as_of_on < rules.valid_to
),

last_readings as (
    select device_id, max(observed_on) as last_reading_on
    from {{ ref('int_readings__values') }}
    group by device_id
)

select
    devices.device_id,
    devices.device_code,
    register.device_name,
    register.device_kind,
    register.gas,
    register.unit,
    register.range_low,
    register.range_high,
    register.alarm_1,
    register.alarm_2,
    register.interval_seconds,
    devices.enterprise_id,
    devices.park_id,
    coalesce(towns.resolved_town, enterprises.town, parks.town) as town,
    register.location,
    devices.installed_on,
    register.calibrated_on,
    register.calibrated_until,
    devices.removed_on,
    register.vendor,
    register.device_status,
    case
        when devices.gas_kind = '可燃气体'
            and coalesce(devices.alarm_1_lel_pct, devices.alarm_2_lel_pct) is not null
            then coalesce(devices.alarm_1_lel_pct > limits.combustible_1_lel_pct, false)
            or coalesce(devices.alarm_2_lel_pct > limits.combustible_2_lel_pct, false)
    end as is_set_point_too_high,
    not devices.is_registered as is_provisional,
    last_readings.last_reading_on,
    coalesce(register.known_from, devices.named_from) as known_from,
    devices.device_system as source_system,
    coalesce(register._file_id, devices._file_id) as _file_id,
    files.file_name,
    coalesce(register._sheet, devices._sheet) as _sheet,
    coalesce(register._row_number, devices._row_number) as _row_number
from devices
cross join limits
-- left: devices no register names, without readings, without a town, enterprise or park
left join register
    on devices.device_system = register.source_system
    and devices.device_code = register.device_code
left join last_readings on devices.device_id = last_readings.device_id
left join {{ ref('int_towns') }} as towns on register.town = towns.town
left join {{ ref('dim_enterprises') }} as enterprises
    on devices.enterprise_id = enterprises.enterprise_id
left join {{ ref('dim_parks') }} as parks on devices.park_id = parks.park_id
left join {{ ref('stg_ops__file_names') }} as files
    on coalesce(register._file_id, devices._file_id) = files._file_id
