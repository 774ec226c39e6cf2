-- enough to look at: the newest days, and the days an episode touches
with readings as (
    select * from {{ ref('int_readings__current') }}
),

newest as (
    select max(observed_on) as observed_on from readings
),

days_of_episodes as (
    select distinct
        device_id,
        cast(floor(started_second / 86400.0) as bigint) as day_number
    from {{ ref('int_alarm_episodes') }}
    union
    select device_id, cast(floor(ended_second / 86400.0) as bigint)
    from {{ ref('int_alarm_episodes') }}
)

select
    {{ row_id('r', 'readings') }} as reading_id,
    readings.device_id,
    readings.metric,
    {{ instant_of('readings.observed_second') }} as observed_at,
    readings.observed_on,
    readings.value,
    readings.unit,
    readings.value_given,
    readings.unit_given,
    readings.set_1,
    readings.set_2,
    readings.low_1,
    readings.low_2,
    case
        when readings.is_missing then 'missing'
        when readings.is_spike then 'spike'
        when readings.is_frozen then 'frozen'
        when readings.is_implausible then 'implausible'
        when readings.is_above_range then 'above_range'
        when readings.is_negative then 'negative'
        when not readings.is_convertible then 'unconverted'
    end as flag,
    readings.source_system,
    readings._file_id,
    readings.file_name,
    readings._sheet,
    readings._row_number
from readings
cross join newest
-- left: days without an episode
left join days_of_episodes
    on readings.device_id = days_of_episodes.device_id
    and cast(floor(readings.observed_second / 86400.0) as bigint) = days_of_episodes.day_number
where days_of_episodes.device_id is not null
    or {{ days_between('readings.observed_on', 'newest.observed_on') }}
    < {{ var('published_reading_days', 31) }}
