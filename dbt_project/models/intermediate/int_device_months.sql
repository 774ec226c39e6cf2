-- the devices that stand installed at a month end, as far as known, and whose they are
with devices as (
    select
        months.replay,
        months.month_index,
        months.as_of_on,
        {{ month_end('months.month_index - 3') }} + 1 as window_from_on,
        known.device_id,
        known.gas_kind,
        known.alarm_1_lel_pct,
        known.alarm_2_lel_pct,
        known.installed_on,
        enterprise_links.subject_id as enterprise_id,
        park_links.subject_id as own_park_id
    from {{ ref('int_devices__known') }} as known
    inner join {{ ref('int_months') }} as months
        on known.replay = months.replay
        and known.known_from <= months.as_of_on and known.known_to > months.as_of_on
        and coalesce(known.installed_on, {{ always() }}) <= months.as_of_on
        and coalesce(known.removed_on, {{ still() }}) > months.as_of_on
    -- left: devices of nobody, of an enterprise or of a park alone
    left join {{ ref('int_enterprise_links') }} as enterprise_links
        on known.replay = enterprise_links.replay
        and known.enterprise_identity = enterprise_links.identity
        and enterprise_links.known_from <= months.as_of_on
        and enterprise_links.known_to > months.as_of_on
    left join {{ ref('int_park_links') }} as park_links
        on known.replay = park_links.replay
        and known.park_identity = park_links.identity
        and park_links.known_from <= months.as_of_on
        and park_links.known_to > months.as_of_on
    where known.source_system = known.device_system
),

rules as (
    select * from {{ ref('stg_ops__rule_gas_alarms') }}
)

-- a device moves with its tenant: it belongs to the park of that day
select
    placed.replay,
    placed.month_index,
    placed.as_of_on,
    placed.window_from_on,
    placed.device_id,
    placed.gas_kind,
    placed.installed_on,
    placed.enterprise_id,
    placed.park_id,
    case
        when placed.gas_kind = '可燃气体'
            and coalesce(placed.alarm_1_lel_pct, placed.alarm_2_lel_pct) is not null
            then coalesce(placed.alarm_1_lel_pct > rules.combustible_1_lel_pct, false)
            or coalesce(placed.alarm_2_lel_pct > rules.combustible_2_lel_pct, false)
    end as is_set_point_too_high
from {{ parks_on_day(
    'devices', ['replay', 'month_index', 'device_id'], 'as_of_on', 'as_of_on'
) }} as placed
inner join rules
    on placed.as_of_on >= rules.valid_from and placed.as_of_on < rules.valid_to
