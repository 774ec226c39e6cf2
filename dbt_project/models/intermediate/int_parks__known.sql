with versions as (
    select
        *,
        case
            when delisted_on is not null then delisted_on
            when park_status = '退出' then coalesce(known_from, {{ always() }})
            else {{ still() }}
        end as gone_on
    from {{ ref('int_parks__versions') }}
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

candidates as (
    select
        replayed.replay,
        links.subject_id as park_id,
        replayed.said_on,
        replayed.park_kind,
        coalesce(towns.resolved_town, replayed.town) as town,
        replayed.floor_area_m2,
        replayed.building_count,
        replayed.has_sandwich_panel,
        replayed.is_three_in_one,
        replayed.has_hazchem_store,
        replayed.listed_on,
        replayed.gone_on,
        replayed.source_system,
        replayed._key,
        greatest(replayed.known_from, links.known_from) as known_from,
        least(replayed.known_to, links.known_to) as known_to
    from replayed
    inner join {{ ref('int_park_links') }} as links
        on replayed.replay = links.replay and replayed.park_identity = links.identity
    -- left: rows without a town
    left join {{ ref('int_towns') }} as towns on replayed.town = towns.town
    where {{ known_together('replayed', 'links') }}
),

newest_words as (
    select * from {{ timeline(
        'candidates', ['replay', 'park_id'],
        ['park_kind', 'town', 'floor_area_m2', 'building_count', 'has_sandwich_panel',
         'is_three_in_one', 'has_hazchem_store', 'listed_on', 'gone_on'],
        'candidates.said_on desc nulls last, candidates.source_system, candidates._key'
    ) }} as newest
)

select * from {{ merged_spans(
    'newest_words', ['replay', 'park_id'],
    ['park_kind', 'town', 'floor_area_m2', 'building_count', 'has_sandwich_panel',
     'is_three_in_one', 'has_hazchem_store', 'listed_on', 'gone_on']
) }} as merged
