-- the episodes a month end knew of that began in the three months up to it
with gaps as (
    select
        *,
        observed_second - lag(observed_second) over (
            partition by replay, month_index, device_id, metric order by observed_second
        ) as gap_seconds
    from {{ ref('int_readings__seen') }}
),

intervals as (
    select
        replay, month_index, device_id, metric,
        coalesce(max(register_interval_seconds), median(gap_seconds)) as interval_seconds
    from gaps
    group by replay, month_index, device_id, metric
),

readings as (
    select gaps.*, gaps.gap_intervals * intervals.interval_seconds as most_gap_seconds
    from gaps
    inner join intervals
        on gaps.replay = intervals.replay and gaps.month_index = intervals.month_index
        and gaps.device_id = intervals.device_id and gaps.metric = intervals.metric
),

sides as (
    select * from {{ alarm_sides(
        'readings', ['replay', 'month_index', 'device_id', 'metric']
    ) }} as both_sides
),

episodes as (
    select
        replay, month_index, device_id, metric, side, started_second,
        bool_or(reaches_2_twice) as is_level_2
    from {{ alarm_runs(
        'sides', ['replay', 'month_index', 'device_id', 'metric', 'side']
    ) }} as runs
    where observed_second >= started_second
    group by replay, month_index, device_id, metric, side, started_second
)

select *
from episodes
where started_second >= {{ day_second(month_end('month_index - 3') ~ ' + 1') }}
