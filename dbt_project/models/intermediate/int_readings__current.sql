-- every accepted reading with all that is doubtful about it
with readings as (
    select * from {{ ref('int_readings__values') }}
),

changes as (
    select
        device_id, metric, observed_second, value, frozen_readings,
        case
            when value is distinct from lag(value) over (
                partition by device_id, metric order by observed_second
            )
                then 1
            else 0
        end as is_change
    from readings
    where not is_repeat and value is not null
),

stretches as (
    select
        *,
        sum(is_change) over (
            partition by device_id, metric order by observed_second
            rows between unbounded preceding and current row
        ) as stretch
    from changes
),

frozen as (
    select device_id, metric, stretch
    from stretches
    where value <> 0
    group by device_id, metric, stretch
    having count(*) >= min(frozen_readings)
),

frozen_instants as (
    select stretches.device_id, stretches.metric, stretches.observed_second
    from stretches
    inner join frozen
        on stretches.device_id = frozen.device_id and stretches.metric = frozen.metric
        and stretches.stretch = frozen.stretch
),

spikes as (
    select distinct device_id, metric, observed_second
    from {{ ref('int_readings__alarming') }}
    where is_spike
),

flagged as (
    select
        readings.*,
        readings.value is null as is_missing,
        coalesce(
            readings.value < least(0, coalesce(readings.range_low, 0))
            and coalesce(readings.unit, '') <> '℃',
            false
        ) as is_negative,
        coalesce(readings.value >= readings.range_high, false) as is_above_range,
        coalesce(readings.value > 100 and readings.unit in ('%LEL', '%VOL'), false)
            as is_implausible,
        spikes.device_id is not null as is_spike,
        frozen_instants.device_id is not null as is_frozen
    from readings
    -- left: few readings are a spike or frozen
    left join spikes
        on readings.device_id = spikes.device_id and readings.metric = spikes.metric
        and readings.observed_second = spikes.observed_second and not readings.is_repeat
    left join frozen_instants
        on readings.device_id = frozen_instants.device_id
        and readings.metric = frozen_instants.metric
        and readings.observed_second = frozen_instants.observed_second and not readings.is_repeat
)

select
    source_system,
    _key,
    device_id,
    device_code,
    metric,
    observed_on,
    observed_second,
    lag_seconds,
    value_given,
    unit_given,
    value,
    unit,
    gas_kind,
    set_1,
    set_2,
    low_1,
    low_2,
    has_set_points,
    is_convertible,
    is_repeat,
    is_missing,
    is_negative,
    is_above_range,
    is_implausible,
    is_spike,
    is_frozen,
    is_missing or is_negative or is_above_range or is_implausible or is_spike or is_frozen
    or not is_convertible as is_flagged,
    known_from,
    _file_id,
    file_name,
    _sheet,
    _row_number
from flagged
