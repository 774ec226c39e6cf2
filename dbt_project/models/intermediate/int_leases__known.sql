with versions as (
    select
        *,
        min(known_from) over (partition by source_system, _key) as first_known_from
    from {{ ref('int_leases__versions') }}
    where disposition <> 'duplicate'
),

replayed as (
    select 'as_published' as replay, *, known_from as said_from, known_to as said_to
    from versions
    where known_from is not null and known_from < known_to
    union all
    -- a lease has no time of its own: it counts from its start, without one from its first report
    select
        'as_happened', *,
        case when start_on is null then first_known_from else {{ always() }} end, {{ still() }}
    from versions
    where disposition = 'accepted' and first_known_from is not null
    union all
    select 'current', *, {{ always() }}, {{ still() }}
    from versions
    where disposition = 'accepted'
),

presence as (
    select
        source_system,
        _key,
        lag(back_on, 1, {{ always() }}) over (
            partition by source_system, _key order by left_on
        ) as present_from,
        left_on as present_to,
        back_on
    from {{ ref('int_leases__departures') }}
    union all
    select source_system, _key, max(back_on), {{ still() }}, {{ still() }}
    from {{ ref('int_leases__departures') }}
    group by source_system, _key
    having max(back_on) < {{ still() }}
),

linked as (
    select
        replayed.replay,
        replayed.source_system,
        replayed._key,
        park_links.subject_id as park_id,
        enterprise_links.subject_id as enterprise_id,
        replayed.start_on,
        replayed.moved_out_on,
        case when presence.present_to < {{ still() }} then presence.present_to end as left_on,
        presence.back_on,
        greatest(
            coalesce(replayed.start_on, {{ always() }}),
            coalesce(presence.present_from, {{ always() }})
        ) as occupied_from,
        least(
            coalesce(replayed.moved_out_on, {{ still() }}),
            coalesce(replayed.end_on + 1, {{ still() }}),
            coalesce(presence.present_to, {{ still() }})
        ) as occupied_to,
        replayed.agreement_signed,
        replayed.sub_lessor_name is not null as is_sublet,
        replayed.uses_hazchem,
        replayed.employee_count,
        greatest(replayed.said_from, park_links.known_from, enterprise_links.known_from)
            as known_from,
        least(replayed.said_to, park_links.known_to, enterprise_links.known_to) as known_to
    from replayed
    inner join {{ ref('int_park_links') }} as park_links
        on replayed.replay = park_links.replay
        and replayed.park_identity = park_links.identity
    inner join {{ ref('int_enterprise_links') }} as enterprise_links
        on replayed.replay = enterprise_links.replay
        and replayed.enterprise_identity = enterprise_links.identity
    -- left: most leases were never missing from a full list
    left join presence
        on replayed.source_system = presence.source_system
        and replayed._key = presence._key
)

select * from linked
where known_from < known_to
