-- how to read one metric of one device in one written unit: what it measures, and its unit
with mentions as (
    select distinct
        source_system, device_code, coalesce(metric, '') as metric_given,
        coalesce(unit, '') as unit_given
    from {{ ref('int_readings__versions') }}
),

devices as (
    select * from {{ ref('int_devices__known') }}
),

limits as (
    select * from {{ ref('stg_ops__rule_gas_limits') }}
),

registered as (
    select mentions.metric_given, mentions.unit_given, devices.*
    from mentions
    inner join devices
        on mentions.source_system = devices.source_system
        and mentions.device_code = devices.device_code
),

-- a device no register names is read by what its rows say; it belongs to nobody in any replay
unregistered as (
    select
        mentions.metric_given, mentions.unit_given, 'current' as replay, mentions.source_system,
        mentions.device_code, cast(null as varchar) as device_system,
        {{ device_id('cast(null as varchar)', 'mentions.device_code') }} as device_id,
        devices.* except (replay, source_system, device_code, device_system, device_id, known_from,
            known_to),
        {{ always() }} as known_from, {{ still() }} as known_to
    from mentions
    -- left: those without a partner are what is looked for
    left join devices
        on mentions.source_system = devices.source_system
        and mentions.device_code = devices.device_code
        and devices.replay = 'current'
    where devices.device_code is null
),

named as (
    select * from registered
    union all
    select * from unregistered
),

-- the register speaks of the metric that is the device's own, not of its battery or temperature
with_own as (
    select
        named.*,
        limits.gas as metric_gas,
        named.metric_given = ''
        or position('浓度' in named.metric_given) > 0
        or coalesce(position(named.gas in named.metric_given) > 0, false)
        or coalesce(named.metric_given in (named.device_kind, named.device_name), false)
        or coalesce(limits.gas = named.limits_gas, false)
        or coalesce(named.unit_given = named.unit, false) as is_own
    from named
    -- left: few metrics are named after a gas
    left join limits on {{ gas_name('named.metric_given') }} = limits.name
),

gases as (
    select distinct gas, lel_vol_pct, oel_mg_m3, mg_m3_per_ppm from limits
),

with_limits as (
    select
        with_own.* except (lel_vol_pct, alarm_1_lel_pct, alarm_2_lel_pct),
        case when with_own.is_own then with_own.unit end as register_unit,
        gases.gas as gas_of_limits,
        gases.lel_vol_pct,
        gases.oel_mg_m3,
        gases.mg_m3_per_ppm
    from with_own
    -- left: gases whose limits nobody entered
    left join gases
        on coalesce(case when with_own.is_own then with_own.limits_gas end, with_own.metric_gas)
        = gases.gas
),

with_factor as (
    select *, {{ unit_factor('unit_given', 'register_unit') }} as factor
    from with_limits
),

-- what cannot be converted stays in the unit it was written in
in_units as (
    select
        *,
        case
            when factor is null then unit_given
            else coalesce(register_unit, nullif(unit_given, ''))
        end as value_unit
    from with_factor
)

select
    replay,
    source_system,
    device_code,
    metric_given,
    unit_given,
    device_system,
    device_id,
    coalesce(nullif(metric_given, ''), gas, device_kind, '?') as metric,
    coalesce(case when is_own then gas_kind end, case
        when not is_own or coalesce(device_kind, '其他') = '其他'
            then {{ gas_kind('value_unit', 'gas_of_limits', 'in_units') }}
    end) as gas_kind,
    value_unit as unit,
    factor is not null as is_convertible,
    coalesce(factor, 1.0) as factor,
    lel_vol_pct,
    oel_mg_m3,
    mg_m3_per_ppm,
    case when is_own and factor is not null then range_low end as range_low,
    case when is_own and factor is not null then range_high end as range_high,
    case when is_own and factor is not null then alarm_1 end as alarm_1,
    case when is_own and factor is not null then alarm_2 end as alarm_2,
    interval_seconds,
    enterprise_identity,
    park_identity,
    installed_on,
    removed_on,
    known_from,
    known_to
from in_units
