-- the readings that stay near an alarm, with the run and the episode they belong to
with readings as (
    select
        readings.*,
        readings.gap_intervals * intervals.interval_seconds as most_gap_seconds
    from {{ ref('int_readings__values') }} as readings
    inner join {{ ref('int_device_intervals') }} as intervals
        on readings.device_id = intervals.device_id and readings.metric = intervals.metric
    where not readings.is_repeat
),

sides as (
    select * from {{ alarm_sides('readings', ['device_id', 'metric']) }} as both_sides
)

select
    *,
    reaches_1 and (started_second is null or observed_second < started_second) as is_spike
from {{ alarm_runs('sides', ['device_id', 'metric', 'side']) }} as runs
