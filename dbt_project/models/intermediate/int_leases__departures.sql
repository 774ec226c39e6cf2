with versions as (
    select * from {{ ref('int_leases__versions') }}
),

enterprise_links as (
    select * from {{ ref('int_enterprise_links') }}
    where replay = 'as_published'
),

park_links as (
    select * from {{ ref('int_park_links') }}
    where replay = 'as_published'
),

-- of several lists of one scope and day the newest counts
lists as (
    select *
    from {{ ref('int_leases__full_lists') }}
    where is_complete
    qualify row_number() over (
        partition by source_system, scope, listed_on
        order by listed_clock desc, file_name desc, _file_id desc
    ) = 1
),

reported_leases as (
    select distinct
        source_system, _key, enterprise_identity, park_identity, _filer,
        coalesce(known_from, {{ always() }}) as known_from
    from versions
),

leases as (
    select
        source_system, _key, enterprise_identity, park_identity, _filer,
        min(known_from) as known_from
    from reported_leases
    group by source_system, _key, enterprise_identity, park_identity, _filer
),

-- who a lease names, as links stood on the day of the list
leases_at_lists as (
    select
        leases.source_system,
        leases._key,
        lists._file_id,
        lists.listed_on,
        enterprise_links.subject_id as enterprise_id,
        park_links.subject_id as park_id
    from leases
    inner join lists
        on leases.source_system = lists.source_system
        and leases.known_from <= lists.listed_on
    inner join enterprise_links
        on leases.enterprise_identity = enterprise_links.identity
        and enterprise_links.known_from <= lists.listed_on
        and enterprise_links.known_to > lists.listed_on
    inner join park_links
        on leases.park_identity = park_links.identity
        and park_links.known_from <= lists.listed_on
        and park_links.known_to > lists.listed_on
    where lists.scope = 'filer:' || leases._filer
        or lists.scope = 'park:' || park_links.subject_id
),

named_subjects as (
    select distinct
        versions._file_id,
        versions.source_system,
        enterprise_links.subject_id as enterprise_id,
        park_links.subject_id as park_id
    from versions
    inner join enterprise_links
        on versions.enterprise_identity = enterprise_links.identity
        and enterprise_links.known_from <= versions._known_on
        and enterprise_links.known_to > versions._known_on
    inner join park_links
        on versions.park_identity = park_links.identity
        and park_links.known_from <= versions._known_on
        and park_links.known_to > versions._known_on
    where versions._is_full_list
),

roll_calls as (
    select
        leases_at_lists.source_system,
        leases_at_lists._key,
        leases_at_lists.listed_on,
        bool_or(named_subjects.enterprise_id is not null) as is_named
    from leases_at_lists
    -- left: absence is what is looked for
    left join named_subjects
        on leases_at_lists._file_id = named_subjects._file_id
        and leases_at_lists.source_system = named_subjects.source_system
        and leases_at_lists.enterprise_id = named_subjects.enterprise_id
        and leases_at_lists.park_id = named_subjects.park_id
    group by leases_at_lists.source_system, leases_at_lists._key, leases_at_lists.listed_on
),

turns as (
    select *
    from roll_calls
    qualify is_named is distinct from lag(is_named, 1, true) over (
        partition by source_system, _key order by listed_on
    )
),

departures as (
    select
        source_system,
        _key,
        is_named,
        listed_on as left_on,
        lead(listed_on, 1, {{ still() }}) over (
            partition by source_system, _key order by listed_on
        ) as back_on
    from turns
)

select source_system, _key, left_on, back_on
from departures
where not is_named
