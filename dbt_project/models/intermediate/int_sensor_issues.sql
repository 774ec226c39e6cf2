with devices as (
    select * from {{ ref('int_devices__placed') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

rules as (
    select rules.*
    from {{ ref('stg_ops__rule_gas_alarms') }} as rules
    inner join as_of
        on as_of.as_of_on >= rules.valid_from and as_of.as_of_on < rules.valid_to
),

set_too_high as (
    select
        register._file_id, register._sheet, register._row_number, 'devices' as export,
        case
            when devices.alarm_1_lel_pct > rules.combustible_1_lel_pct then 'alarm_1'
            else 'alarm_2'
        end as column_name,
        'set_point_too_high' as rule,
        cast(case
            when devices.alarm_1_lel_pct > rules.combustible_1_lel_pct then register.alarm_1
            else register.alarm_2
        end as varchar) as raw_value,
        'The set point is above the most the standard allows for combustible gas ('
        || cast(rules.combustible_1_lel_pct as varchar) || ' and '
        || cast(rules.combustible_2_lel_pct as varchar) || ' %LEL).' as message
    from devices
    cross join rules
    inner join {{ ref('int_devices__versions') }} as register
        on devices.device_system = register.source_system
        and devices.device_code = register.device_code and register.disposition = 'accepted'
    where devices.gas_kind = '可燃气体'
        and (
            devices.alarm_1_lel_pct > rules.combustible_1_lel_pct
            or devices.alarm_2_lel_pct > rules.combustible_2_lel_pct
        )
),

-- one issue a metric, at its first row: the defect is the device's, not the reading's
without_set_points as (
    select
        _file_id, _sheet, _row_number, 'readings' as export, 'metric' as column_name,
        'set_point_missing' as rule, metric as raw_value,
        'Neither the register nor a rule has a set point for this metric: no episode is looked for.'
            as message
    from {{ ref('int_readings__values') }}
    where not has_set_points
    qualify row_number() over (
        partition by device_id, metric
        order by known_from nulls last, _file_id, _sheet, _row_number
    ) = 1
),

unconvertible as (
    select
        _file_id, _sheet, _row_number, 'readings' as export, 'unit' as column_name,
        'unit_unconvertible' as rule, unit_given as raw_value,
        'The unit cannot be converted to that of the device: the values stay as written.'
            as message
    from {{ ref('int_readings__values') }}
    where not is_convertible
    qualify row_number() over (
        partition by device_id, metric, unit_given
        order by known_from nulls last, _file_id, _sheet, _row_number
    ) = 1
),

unknown_devices as (
    select
        _file_id, _sheet, _row_number, export, 'device_id' as column_name,
        'device_unknown' as rule, device_code as raw_value,
        'No register names this device: it belongs to nobody and is counted as provisional.'
            as message
    from devices
    where not is_registered
        and (select count(*) from {{ ref('int_devices__versions') }}) > 0
)

select * from set_too_high
union all
select * from without_set_points
union all
select * from unconvertible
union all
select * from unknown_devices
