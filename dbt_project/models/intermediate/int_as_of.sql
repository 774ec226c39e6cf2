with known_days as (
    select _file_id, _known_on from {{ ref('int_parks__versions') }}
    union all
    select _file_id, _known_on from {{ ref('int_enterprises__versions') }}
    union all
    select _file_id, _known_on from {{ ref('int_leases__versions') }}
    union all
    select _file_id, _known_on from {{ ref('int_inspections__versions') }}
    union all
    select _file_id, _known_on from {{ ref('int_hazards__versions') }}
    union all
    select _file_id, _known_on from {{ ref('int_cases__versions') }}
    union all
    select _file_id, _known_on from {{ ref('int_accidents__versions') }}
),

-- sensors send every day: they date a workspace only when nothing else does
sensor_days as (
    select max(_known_on) as newest_known_on from {{ ref('int_devices__versions') }}
    union all
    select max(_known_on) from {{ ref('int_readings__versions') }}
    union all
    select max(_known_on) from {{ ref('int_alarms__versions') }}
),

newest_day as (
    -- an empty workspace still has a day
    select
        coalesce(
            max(_known_on), (select max(newest_known_on) from sensor_days), date '1970-01-31'
        ) as newest_known_on
    from known_days
    -- a correction comes late and speaks of old days
    where _file_id not in (select _file_id from {{ ref('int_correction_files') }})
),

first_visits as (
    select
        {{ month_index('min(greatest(inspected_on, known_from))') }} as first_published_month,
        {{ month_index('min(inspected_on)') }} as first_happened_month
    from {{ ref('int_inspections__versions') }}
    where disposition <> 'duplicate'
),

settings as (
    select * from {{ ref('stg_ops__settings') }}
),

months as (
    select
        newest_day.newest_known_on,
        -- a setting inside a month means the month end before it
        {{ month_index('coalesce(settings.as_of_on, newest_day.newest_known_on) + 1') }} - 1
            as as_of_month,
        case
            when settings.first_as_of_on is not null
                then {{ month_index('settings.first_as_of_on') }}
        end as first_set_month
    from newest_day
    cross join settings
)

select
    months.newest_known_on,
    months.as_of_month,
    {{ month_end('months.as_of_month') }} as as_of_on,
    least(
        coalesce(months.first_set_month, first_visits.first_published_month, months.as_of_month),
        months.as_of_month
    ) as first_published_month,
    least(
        coalesce(months.first_set_month, first_visits.first_happened_month, months.as_of_month),
        months.as_of_month
    ) as first_happened_month
from months
cross join first_visits
