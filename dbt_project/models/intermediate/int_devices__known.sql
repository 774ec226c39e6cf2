with versions as (
    select * from {{ ref('int_devices__versions') }}
    where disposition <> 'duplicate'
),

replayed as (
    select
        'as_published' as replay, known_from as said_on, known_from, known_to,
        * except (known_from, known_to)
    from versions
    where known_from is not null and known_from < known_to
    union all
    select 'as_happened', known_from, {{ always() }}, {{ still() }}, * except (known_from, known_to)
    from versions
    where disposition = 'accepted' and known_from is not null
    union all
    select 'current', known_from, {{ always() }}, {{ still() }}, * except (known_from, known_to)
    from versions
    where disposition = 'accepted'
),

-- who names a device: a system that has no register of its own reads the others'
mentions as (
    select source_system, device_code from {{ ref('int_readings__versions') }}
    union
    select source_system, device_code from {{ ref('int_alarms__versions') }}
    where device_code is not null
    union
    select source_system, device_code from versions
),

candidates as (
    select
        replayed.replay,
        mentions.source_system,
        replayed.device_code,
        replayed.source_system as device_system,
        replayed.said_on,
        case when replayed.source_system = mentions.source_system then 1 else 2 end as choice,
        replayed.enterprise_identity,
        replayed.park_identity,
        replayed.device_name,
        replayed.device_kind,
        replayed.gas,
        replayed.unit,
        replayed.range_low,
        replayed.range_high,
        replayed.alarm_1,
        replayed.alarm_2,
        replayed.interval_seconds,
        replayed.installed_on,
        replayed.removed_on,
        replayed.known_from,
        replayed.known_to
    from replayed
    inner join mentions on replayed.device_code = mentions.device_code
),

newest_words as (
    select * from {{ timeline(
        'candidates', ['replay', 'source_system', 'device_code'],
        ['device_system', 'enterprise_identity', 'park_identity', 'device_name', 'device_kind',
         'gas', 'unit', 'range_low', 'range_high', 'alarm_1', 'alarm_2', 'interval_seconds',
         'installed_on', 'removed_on'],
        'candidates.choice, candidates.said_on desc nulls last, candidates.device_system'
    ) }} as newest
),

spans as (
    select * from {{ merged_spans(
        'newest_words', ['replay', 'source_system', 'device_code'],
        ['device_system', 'enterprise_identity', 'park_identity', 'device_name', 'device_kind',
         'gas', 'unit', 'range_low', 'range_high', 'alarm_1', 'alarm_2', 'interval_seconds',
         'installed_on', 'removed_on']
    ) }} as merged
)

select
    spans.replay,
    spans.source_system,
    spans.device_code,
    spans.device_system,
    {{ device_id('spans.device_system', 'spans.device_code') }} as device_id,
    spans.enterprise_identity,
    spans.park_identity,
    spans.device_name,
    spans.device_kind,
    spans.gas,
    case
        when spans.device_kind in ('可燃气体', '有毒气体', '氧气') then spans.device_kind
        when coalesce(spans.device_kind, '其他') = '其他'
            then {{ gas_kind('spans.unit', 'limits.gas', 'limits') }}
    end as gas_kind,
    limits.gas as limits_gas,
    limits.lel_vol_pct,
    -- set points as %LEL, to hold them against the standard
    round(spans.alarm_1 * {{ unit_factor('spans.unit', "'%LEL'") }}, 6) as alarm_1_lel_pct,
    round(spans.alarm_2 * {{ unit_factor('spans.unit', "'%LEL'") }}, 6) as alarm_2_lel_pct,
    spans.unit,
    spans.range_low,
    spans.range_high,
    spans.alarm_1,
    spans.alarm_2,
    spans.interval_seconds,
    spans.installed_on,
    spans.removed_on,
    spans.known_from,
    spans.known_to
from spans
-- left: a gas the limits do not hold, or none named
left join {{ ref('stg_ops__rule_gas_limits') }} as limits
    on {{ gas_name('spans.gas') }} = limits.name
