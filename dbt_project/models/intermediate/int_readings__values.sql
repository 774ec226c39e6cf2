-- every accepted reading in the units of its device, as the register is known today
with readings as (
    select
        *,
        {{ second_of('observed_on', 'observed_clock') }} as observed_second,
        {{ second_of('received_on', 'received_clock') }}
        - ({{ second_of('observed_on', 'observed_clock') }}) as lag_seconds
    from {{ ref('int_readings__versions') }}
    where disposition = 'accepted'
),

ways as (
    select * from {{ ref('int_device_set_points') }}
    where replay = 'current'
),

placed as (
    select
        readings.source_system,
        readings._key,
        readings.device_code,
        ways.device_id,
        ways.metric,
        readings.observed_on,
        readings.observed_second,
        readings.lag_seconds,
        readings.value as value_given,
        readings.unit as unit_given,
        round(readings.value * ways.factor, 6) as value,
        ways.unit,
        ways.gas_kind,
        ways.is_convertible,
        ways.has_set_points,
        ways.range_low,
        ways.range_high,
        ways.is_oxygen,
        ways.set_1,
        ways.set_2,
        ways.keep_1,
        ways.low_1,
        ways.low_2,
        ways.keep_low,
        ways.gap_intervals,
        ways.frozen_readings,
        ways.interval_seconds as register_interval_seconds,
        readings.known_from,
        readings._file_id,
        readings.file_name,
        readings._sheet,
        readings._row_number
    from readings
    inner join ways
        on readings.source_system = ways.source_system
        and readings.device_code = ways.device_code
        and coalesce(readings.metric, '') = ways.metric_given
        and coalesce(readings.unit, '') = ways.unit_given
        and readings.observed_on >= ways.valid_from
        and readings.observed_on < ways.valid_to
)

select
    *,
    -- two systems may tell of one instant: the one known first is read
    row_number() over (
        partition by device_id, metric, observed_second
        order by known_from nulls last, source_system, _key
    ) > 1 as is_repeat
from placed
