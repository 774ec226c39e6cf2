-- seconds a device was online, of those it was connected, in the three months up to a month end
with devices as (
    select * from {{ ref('int_device_months') }}
),

reading_days as (
    select distinct
        source_system, device_code, observed_on, disposition, known_from, known_to
    from {{ ref('int_readings__versions') }}
    where disposition <> 'duplicate'
),

spans_of_systems as (
    select
        months.replay, months.month_index, months.as_of_on,
        days.source_system, days.device_code,
        min(days.observed_on) as first_on, max(days.observed_on) as last_on
    from reading_days as days
    inner join {{ ref('int_months') }} as months
        on days.observed_on <= months.as_of_on
    where (
        months.replay = 'as_published'
        and days.known_from <= months.as_of_on and days.known_to > months.as_of_on
    )
    or (months.replay = 'as_happened' and days.disposition = 'accepted')
    group by
        months.replay, months.month_index, months.as_of_on, days.source_system, days.device_code
),

bounds as (
    select replay, month_index, min(first_on) as first_on, max(last_on) as last_on
    from spans_of_systems
    group by replay, month_index
),

first_readings as (
    select
        spans_of_systems.replay, spans_of_systems.month_index, known.device_id,
        min(spans_of_systems.first_on) as first_on
    from spans_of_systems
    inner join {{ ref('int_devices__known') }} as known
        on spans_of_systems.replay = known.replay
        and spans_of_systems.source_system = known.source_system
        and spans_of_systems.device_code = known.device_code
        and spans_of_systems.as_of_on >= known.known_from
        and spans_of_systems.as_of_on < known.known_to
    group by spans_of_systems.replay, spans_of_systems.month_index, known.device_id
),

-- from the day it is connected (int_device_calendar) to the last day anybody sent readings
windows as (
    select
        devices.replay,
        devices.month_index,
        devices.device_id,
        {{ day_second(
            'greatest(devices.window_from_on, case '
            ~ 'when devices.installed_on >= bounds.first_on then devices.installed_on '
            ~ 'else greatest(devices.installed_on, first_readings.first_on) end)'
        ) }} as from_second,
        {{ day_second('bounds.last_on + 1') }} as to_second
    from devices
    inner join bounds
        on devices.replay = bounds.replay and devices.month_index = bounds.month_index
    -- left: devices that never sent a reading
    left join first_readings
        on devices.replay = first_readings.replay
        and devices.month_index = first_readings.month_index
        and devices.device_id = first_readings.device_id
    where first_readings.device_id is not null
        or (devices.gas_kind is not null and devices.installed_on >= bounds.first_on)
),

instants as (
    select
        replay, month_index, device_id, observed_second,
        max(register_interval_seconds) as register_interval_seconds,
        max(gap_intervals) as gap_intervals
    from {{ ref('int_readings__seen') }}
    group by replay, month_index, device_id, observed_second
),

gaps as (
    select
        *,
        lead(observed_second) over (
            partition by replay, month_index, device_id order by observed_second
        ) - observed_second as gap_seconds
    from instants
),

intervals as (
    select
        replay, month_index, device_id,
        coalesce(max(register_interval_seconds), median(gap_seconds)) as interval_seconds
    from gaps
    group by replay, month_index, device_id
),

stretches as (
    select
        gaps.replay, gaps.month_index, gaps.device_id,
        gaps.observed_second as from_second,
        gaps.observed_second + coalesce(
            case
                when gaps.gap_seconds <= gaps.gap_intervals * intervals.interval_seconds
                    then gaps.gap_seconds
                else intervals.interval_seconds
            end, 0
        ) as to_second
    from gaps
    inner join intervals
        on gaps.replay = intervals.replay and gaps.month_index = intervals.month_index
        and gaps.device_id = intervals.device_id
)

select
    windows.replay,
    windows.month_index,
    windows.device_id,
    greatest(windows.to_second - windows.from_second, 0) as connected_seconds,
    coalesce(sum(greatest(
        least(stretches.to_second, windows.to_second)
        - greatest(stretches.from_second, windows.from_second), 0
    )), 0) as online_seconds
from windows
-- left: devices without a reading in those months
left join stretches
    on windows.replay = stretches.replay and windows.month_index = stretches.month_index
    and windows.device_id = stretches.device_id
group by
    windows.replay, windows.month_index, windows.device_id, windows.to_second,
    windows.from_second
