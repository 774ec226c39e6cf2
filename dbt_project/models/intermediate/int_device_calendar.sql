-- the days of each device: those it is connected on, and any other day it has readings of
with recursive reading_days as (
    select
        device_id,
        cast(floor(observed_second / 86400.0) as bigint) as day_number
    from {{ ref('int_readings__values') }}
    group by device_id, cast(floor(observed_second / 86400.0) as bigint)
),

bounds as (
    select min(day_number) as first_day, max(day_number) as last_day from reading_days
),

all_days as (
    select first_day as day_number from bounds where first_day is not null
    union all
    select all_days.day_number + 1
    from all_days
    cross join bounds
    where all_days.day_number < bounds.last_day
),

first_readings as (
    select device_id, min(day_number) as first_day from reading_days group by device_id
),

-- A device is asked for readings from the day it is connected: when it was there before any
-- readings were, its first reading says so; else the day it was installed. One that was installed
-- meanwhile and never sent anything is offline, if it is of a kind that sends.
installed as (
    select
        devices.device_id,
        case
            when {{ days_between("date '1970-01-01'", 'devices.installed_on') }}
                >= bounds.first_day
                then {{ days_between("date '1970-01-01'", 'devices.installed_on') }}
            else first_readings.first_day
        end as from_day,
        {{ days_between(
            "date '1970-01-01'", 'coalesce(devices.removed_on, ' ~ still() ~ ')'
        ) }} as to_day
    from {{ ref('int_devices__placed') }} as devices
    cross join bounds
    -- left: devices that never sent a reading
    left join first_readings on devices.device_id = first_readings.device_id
    where first_readings.device_id is not null or devices.gas_kind is not null
),

days as (
    select installed.device_id, all_days.day_number, 1 as is_installed
    from installed
    inner join all_days
        on all_days.day_number >= installed.from_day and all_days.day_number < installed.to_day
    union all
    select device_id, day_number, 0 from reading_days
)

select device_id, day_number, max(is_installed) = 1 as is_installed
from days
group by device_id, day_number
