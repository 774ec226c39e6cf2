with versions as (
    select
        *,
        case
            when closed_on is not null then closed_on
            when production_status = '关闭' then coalesce(known_from, {{ always() }})
            else {{ still() }}
        end as gone_on
    from {{ ref('int_enterprises__versions') }}
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

linked as (
    select
        replayed.* except (known_from, known_to),
        links.subject_id as enterprise_id,
        greatest(replayed.known_from, links.known_from) as known_from,
        least(replayed.known_to, links.known_to) as known_to
    from replayed
    inner join {{ ref('int_enterprise_links') }} as links
        on replayed.replay = links.replay and replayed.enterprise_identity = links.identity
    where {{ known_together('replayed', 'links') }}
),

candidates as (
    select
        linked.replay,
        linked.enterprise_id,
        linked.said_on,
        coalesce(towns.resolved_town, linked.town) as town,
        park_links.subject_id as park_id,
        linked.scale,
        linked.employee_count,
        linked.has_dust,
        linked.has_confined_space,
        linked.has_ammonia,
        linked.uses_hazchem,
        linked.is_key_unit,
        linked.registered_on,
        linked.gone_on,
        linked.source_system,
        linked._key,
        greatest(linked.known_from, coalesce(park_links.known_from, {{ always() }})) as known_from,
        least(linked.known_to, coalesce(park_links.known_to, {{ still() }})) as known_to
    from linked
    -- left: rows that name no park, or no town
    left join {{ ref('int_park_links') }} as park_links
        on linked.replay = park_links.replay
        and linked.park_identity = park_links.identity
        and {{ known_together('linked', 'park_links') }}
    left join {{ ref('int_towns') }} as towns on linked.town = towns.town
),

newest_words as (
    select * from {{ timeline(
        'candidates', ['replay', 'enterprise_id'],
        ['town', 'park_id', 'scale', 'employee_count', 'has_dust', 'has_confined_space',
         'has_ammonia', 'uses_hazchem', 'is_key_unit', 'registered_on', 'gone_on'],
        'candidates.said_on desc nulls last, candidates.source_system, candidates._key'
    ) }} as newest
)

select * from {{ merged_spans(
    'newest_words', ['replay', 'enterprise_id'],
    ['town', 'park_id', 'scale', 'employee_count', 'has_dust', 'has_confined_space',
     'has_ammonia', 'uses_hazchem', 'is_key_unit', 'registered_on', 'gone_on']
) }} as merged
