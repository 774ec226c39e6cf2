with leases as (
    select
        replay, park_id, enterprise_id, source_system, _key, start_on, agreement_signed,
        is_sublet, uses_hazchem, employee_count,
        greatest(occupied_from, known_from) as known_from,
        least(occupied_to, known_to) as known_to
    from {{ ref('int_leases__known') }}
),

candidates as (
    select * from leases
    where known_from < known_to
),

newest_leases as (
    select * from {{ timeline(
        'candidates',
        ['replay', 'park_id', 'enterprise_id'],
        ['source_system', '_key', 'start_on', 'agreement_signed', 'is_sublet',
         'uses_hazchem', 'employee_count'],
        'candidates.start_on desc nulls last, candidates.source_system, candidates._key'
    ) }} as newest
)

select * from {{ merged_spans(
    'newest_leases',
    ['replay', 'park_id', 'enterprise_id'],
    ['source_system', '_key', 'start_on', 'agreement_signed', 'is_sublet', 'uses_hazchem',
     'employee_count']
) }} as merged
