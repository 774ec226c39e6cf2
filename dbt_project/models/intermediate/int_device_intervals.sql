-- seconds between readings: as the register says, else the median gap
with readings as (
    select
        device_id, metric, observed_second, register_interval_seconds,
        observed_second - lag(observed_second) over (
            partition by device_id, metric order by observed_second
        ) as gap_seconds
    from {{ ref('int_readings__values') }}
    where not is_repeat
)

select
    device_id,
    metric,
    cast(coalesce(max(register_interval_seconds), median(gap_seconds)) as double)
        as interval_seconds
from readings
group by device_id, metric
