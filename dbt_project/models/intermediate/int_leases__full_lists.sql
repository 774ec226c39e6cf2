with versions as (
    select * from {{ ref('int_leases__versions') }}
    where _is_full_list
),

sheets as (
    select * from {{ ref('stg_ops__sheets') }}
    where export = 'leases'
),

mismatches as (
    select distinct _file_id, _sheet
    from {{ ref('stg_ops__issues') }}
    where export = 'leases' and rule = 'total_mismatch'
),

rejections as (
    select _file_id, _sheet, sum(rows_rejected) as count_rejected
    from sheets
    group by _file_id, _sheet
),

scopes as (
    select distinct
        versions.source_system,
        case
            when versions._filer is not null then 'filer:' || versions._filer
            else 'park:' || park_links.subject_id
        end as scope,
        versions._file_id,
        versions._sheet,
        versions.file_name,
        versions._known_on,
        versions._known_clock
    from versions
    inner join {{ ref('int_park_links') }} as park_links
        on versions.park_identity = park_links.identity
        and park_links.replay = 'as_published'
        and park_links.known_from <= coalesce(versions._known_on, {{ undated() }})
        and park_links.known_to > coalesce(versions._known_on, {{ undated() }})
)

select
    scopes.source_system,
    scopes.scope,
    scopes._file_id,
    min(scopes._sheet) as _sheet,
    min(scopes.file_name) as file_name,
    max(scopes._known_on) as listed_on,
    max(coalesce(scopes._known_clock, '24:00:00')) as listed_clock,
    max(scopes._known_on) is not null
    and coalesce(max(rejections.count_rejected), 0) = 0
    and max(mismatches._file_id) is null as is_complete
from scopes
-- left: files without any such defect
left join rejections
    on scopes._file_id = rejections._file_id and scopes._sheet = rejections._sheet
left join mismatches
    on scopes._file_id = mismatches._file_id and scopes._sheet = mismatches._sheet
group by scopes.source_system, scopes.scope, scopes._file_id
