-- seconds a device was online on a day: all its metrics together, so that many count once
with instants as (
    select
        device_id,
        observed_second,
        max(register_interval_seconds) as register_interval_seconds,
        max(gap_intervals) as gap_intervals
    from {{ ref('int_readings__values') }}
    group by device_id, observed_second
),

gaps as (
    select
        *,
        lead(observed_second) over (partition by device_id order by observed_second)
        - observed_second as gap_seconds
    from instants
),

intervals as (
    select
        device_id,
        coalesce(max(register_interval_seconds), median(gap_seconds)) as interval_seconds
    from gaps
    group by device_id
),

stretches as (
    select
        gaps.device_id,
        cast(floor(gaps.observed_second / 86400.0) as bigint) as day_number,
        gaps.observed_second as from_second,
        gaps.observed_second + coalesce(
            case
                when gaps.gap_seconds <= gaps.gap_intervals * intervals.interval_seconds
                    then gaps.gap_seconds
                else intervals.interval_seconds
            end, 0
        ) as to_second
    from gaps
    inner join intervals on gaps.device_id = intervals.device_id
),

-- a stretch over midnight belongs to both days; nothing is claimed after the last day with readings
last_day as (
    select max(day_number) as day_number from stretches
),

parts as (
    select
        stretches.device_id,
        stretches.day_number + positions.position - 1 as day_number,
        least(stretches.to_second, (stretches.day_number + positions.position) * 86400)
        - greatest(
            stretches.from_second, (stretches.day_number + positions.position - 1) * 86400
        ) as online_seconds
    from stretches
    inner join {{ ref('int_positions') }} as positions
        on (stretches.day_number + positions.position - 1) * 86400 < stretches.to_second
        or positions.position = 1
)

select parts.device_id, parts.day_number, sum(parts.online_seconds) as online_seconds
from parts
inner join last_day on parts.day_number <= last_day.day_number
group by parts.device_id, parts.day_number
