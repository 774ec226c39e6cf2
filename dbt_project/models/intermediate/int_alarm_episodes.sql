-- runs of readings at set point 1 that hold two neighbours there, as known today
select
    device_id,
    metric,
    side,
    started_second,
    max(observed_second) as ended_second,
    bool_or(reaches_2_twice) as is_level_2,
    case when side = 'low' then min(value) else max(value) end as peak,
    count(*) as count_readings
from {{ ref('int_readings__alarming') }}
where observed_second >= started_second
group by device_id, metric, side, started_second
