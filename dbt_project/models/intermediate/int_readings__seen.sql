-- what the readings of the last months were known to be at a month end, with the register as known
-- then. One month more than the window of three: an episode may have begun before it.
with readings as (
    select
        source_system, _key, device_code, coalesce(metric, '') as metric_given,
        coalesce(unit, '') as unit_given, observed_on, value, disposition, known_from, known_to,
        {{ month_index('observed_on') }} as observed_month,
        {{ second_of('observed_on', 'observed_clock') }} as observed_second
    from {{ ref('int_readings__versions') }}
    where disposition <> 'duplicate'
),

seen as (
    select months.replay, months.month_index, months.as_of_on, readings.*
    from readings
    inner join {{ ref('int_positions') }} as positions on positions.position <= 4
    inner join {{ ref('int_months') }} as months
        on readings.observed_month + positions.position - 1 = months.month_index
    where (
        months.replay = 'as_published'
        and readings.known_from <= months.as_of_on and readings.known_to > months.as_of_on
    )
    or (months.replay = 'as_happened' and readings.disposition = 'accepted')
)

select
    seen.replay,
    seen.month_index,
    ways.device_id,
    ways.metric,
    seen.observed_second,
    round(seen.value * ways.factor, 6) as value,
    ways.is_oxygen,
    ways.set_1,
    ways.set_2,
    ways.keep_1,
    ways.low_1,
    ways.low_2,
    ways.keep_low,
    ways.gap_intervals,
    ways.interval_seconds as register_interval_seconds
from seen
inner join {{ ref('int_device_set_points') }} as ways
    on seen.replay = ways.replay
    and seen.source_system = ways.source_system
    and seen.device_code = ways.device_code
    and seen.metric_given = ways.metric_given
    and seen.unit_given = ways.unit_given
    and seen.observed_on >= ways.valid_from and seen.observed_on < ways.valid_to
    and seen.as_of_on >= ways.known_from and seen.as_of_on < ways.known_to
qualify row_number() over (
    partition by
        seen.replay, seen.month_index, ways.device_id, ways.metric, seen.observed_second
    order by seen.known_from nulls last, seen.source_system, seen._key
) = 1
