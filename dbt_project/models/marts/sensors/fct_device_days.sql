with days as (
    select * from {{ ref('int_device_calendar') }}
),

counts as (
    select
        device_id,
        cast(floor(observed_second / 86400.0) as bigint) as day_number,
        count(*) as count_readings,
        count(case when is_missing then 1 end) as count_missing,
        count(case when is_flagged then 1 end) as count_flagged,
        count(case when is_spike then 1 end) as count_spikes,
        bool_or(is_frozen) as is_frozen,
        -- the largest of several quantities means nothing
        case when min(metric) = max(metric) then max(value) end as max_value,
        median(lag_seconds) as clock_skew_seconds
    from {{ ref('int_readings__current') }}
    group by device_id, cast(floor(observed_second / 86400.0) as bigint)
),

online as (
    select * from {{ ref('int_device_online') }}
)

select
    days.device_id,
    cast(date '1970-01-01' + cast(days.day_number as integer) as date) as day_on,
    coalesce(counts.count_readings, 0) as count_readings,
    coalesce(counts.count_missing, 0) as count_missing,
    coalesce(counts.count_flagged, 0) as count_flagged,
    cast(coalesce(online.online_seconds, 0) / 60.0 as double) as online_minutes,
    cast(case when days.is_installed then 1440 else 0 end as double) as installed_minutes,
    case
        when days.is_installed then cast(coalesce(online.online_seconds, 0) / 86400.0 as double)
    end as online_share,
    coalesce(counts.is_frozen, false) as is_frozen,
    coalesce(counts.count_spikes, 0) as count_spikes,
    counts.max_value,
    cast(counts.clock_skew_seconds as double) as clock_skew_seconds
from days
-- left: days without any reading, and those a reading of the day before reaches into
left join counts
    on days.device_id = counts.device_id and days.day_number = counts.day_number
left join online
    on days.device_id = online.device_id and days.day_number = online.day_number
