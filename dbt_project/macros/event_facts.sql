{#-
    event_facts: the versions of an export of events, replayed, each with the subjects it belongs
    to while both the version and the links hold. Rows of one key are disjoint in known time.

    Park of an event: its own, else that of a lease of its enterprise on that day, else the park
    the register names for the enterprise.
    as_published: versions as known (exports.md 9.4.8). as_happened: the newest version, known when
    it happened (9.4.9). current: the newest version, for the marts.
    by_device: a row that names no subject belongs to that of its device (`device_code` is among
    the columns), from the day the register says so.
-#}
{% macro event_facts(export, event_on, columns, by_device=false) -%}
with versions as (
    select
        source_system, _key, version_number, disposition, {{ event_on }} as event_on,
        enterprise_identity, park_identity,
        {{ columns | join(', ') }}, known_from, known_to
    from {{ ref('int_' ~ export ~ '__versions') }}
    where disposition <> 'duplicate'
),

replayed as (
    select 'as_published' as replay, *
    from versions
    where known_from is not null and known_from < known_to
    union all
    select 'as_happened', * except (known_from, known_to), event_on, {{ still() }}
    from versions
    where disposition = 'accepted'
    union all
    select 'current', * except (known_from, known_to), {{ always() }}, {{ still() }}
    from versions
    where disposition = 'accepted'
),

{% if by_device -%}
sited as (
    select
        replayed.* except (enterprise_identity, park_identity, known_from, known_to),
        coalesce(replayed.enterprise_identity, devices.enterprise_identity)
            as enterprise_identity,
        coalesce(replayed.park_identity, devices.park_identity) as park_identity,
        greatest(replayed.known_from, coalesce(devices.known_from, {{ always() }}))
            as known_from,
        least(replayed.known_to, coalesce(devices.known_to, {{ still() }})) as known_to
    from replayed
    -- left: rows that name their subject, or a device no register names
    left join {{ ref('int_devices__known') }} as devices
        on replayed.replay = devices.replay
        and replayed.source_system = devices.source_system
        and replayed.device_code = devices.device_code
        and replayed.enterprise_identity is null and replayed.park_identity is null
        and {{ known_together('replayed', 'devices') }}
),
{% endif %}
enterprise_links as (
    select * from {{ ref('int_enterprise_links') }}
),

park_links as (
    select * from {{ ref('int_park_links') }}
),

with_enterprise as (
    select
        events.* except (known_from, known_to),
        enterprise_links.subject_id as enterprise_id,
        greatest(events.known_from, coalesce(enterprise_links.known_from, {{ always() }}))
            as known_from,
        least(events.known_to, coalesce(enterprise_links.known_to, {{ still() }})) as known_to
    from {{ 'sited' if by_device else 'replayed' }} as events
    -- left: a visit to a park alone
    left join enterprise_links
        on events.replay = enterprise_links.replay
        and events.enterprise_identity = enterprise_links.identity
        and {{ known_together('events', 'enterprise_links') }}
),

with_own_park as (
    select
        with_enterprise.* except (known_from, known_to),
        park_links.subject_id as park_id,
        greatest(with_enterprise.known_from, park_links.known_from) as known_from,
        least(with_enterprise.known_to, park_links.known_to) as known_to
    from with_enterprise
    inner join park_links
        on with_enterprise.replay = park_links.replay
        and with_enterprise.park_identity = park_links.identity
        and {{ known_together('with_enterprise', 'park_links') }}
),

parkless as (
    select
        *,
        row_number() over (
            order by replay, source_system, _key, version_number, known_from
        ) as fact_number
    from with_enterprise
    where park_identity is null
),

park_candidates as (
    select
        fact_number, cast(null as varchar) as park_id, 3 as choice,
        cast(null as date) as start_on, known_from, known_to
    from parkless
    union all
    select
        parkless.fact_number, leases.park_id, 1, leases.start_on,
        greatest(parkless.known_from, leases.known_from),
        least(parkless.known_to, leases.known_to)
    from parkless
    inner join {{ ref('int_leases__known') }} as leases
        on parkless.replay = leases.replay
        and parkless.enterprise_id = leases.enterprise_id
        and parkless.event_on >= leases.occupied_from
        and parkless.event_on < leases.occupied_to
        and {{ known_together('parkless', 'leases') }}
    union all
    select
        parkless.fact_number, enterprises.park_id, 2, null,
        greatest(parkless.known_from, enterprises.known_from),
        least(parkless.known_to, enterprises.known_to)
    from parkless
    inner join {{ ref('int_enterprises__known') }} as enterprises
        on parkless.replay = enterprises.replay
        and parkless.enterprise_id = enterprises.enterprise_id
        and enterprises.park_id is not null
        and {{ known_together('parkless', 'enterprises') }}
),

best_parks as (
    select * from {{ timeline(
        'park_candidates', ['fact_number'], ['park_id'],
        'park_candidates.choice, park_candidates.start_on desc nulls last, park_candidates.park_id'
    ) }} as best
),

with_any_park as (
    select
        parkless.* except (fact_number, known_from, known_to),
        best_parks.park_id, best_parks.known_from, best_parks.known_to
    from parkless
    inner join best_parks on parkless.fact_number = best_parks.fact_number
),

facts as (
    select * from with_own_park
    union all
    select * from with_any_park
)

select
    replay, source_system, _key, version_number, enterprise_id, park_id, event_on,
    known_from, known_to,
    {{ columns | join(', ') }}
from facts
{%- endmacro %}
