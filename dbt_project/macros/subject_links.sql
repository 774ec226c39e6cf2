{#-
    subject_links: the last step of resolution, by name against those somebody vouches for.

    A strong identity stands in the register (or carries a park's own code). At every moment at
    which something about a name became known: a subject without a strong member joins the only
    strong subject of its name in its town, else the only one of its name in the district; a name
    no register knows and no town joins the only subject of that name that has a town. Two
    subjects of one name are never guessed between.
    Out, per replay: as_published = links as they were known, as_happened and current = links as
    known in the end.
-#}
{% macro subject_links(letter, subject, identities, labels, names) -%}
with labels as (
    select * from {{ labels }}
),

splits as (
    select * from {{ split_spans(subject) }} as spans
),

-- names only one subject ever bore leave nothing to join
shared_names as (
    select names.name_norm
    from {{ names }} as names
    inner join labels on names.identity = labels.identity
    group by names.name_norm
    having count(distinct labels.label) > 1
),

bearers as (
    select
        names.name_norm,
        names.resolved_town,
        names.strong_from,
        labels.identity,
        labels.label,
        greatest(names.known_from, labels.known_from) as known_from,
        labels.known_to
    from {{ names }} as names
    inner join shared_names on names.name_norm = shared_names.name_norm
    inner join labels on names.identity = labels.identity
    where greatest(names.known_from, labels.known_from) < labels.known_to
),

days as (
    select name_norm, known_from as day from bearers
    union
    select name_norm, known_to from bearers
    where known_to < {{ still() }}
    union
    select name_norm, greatest(strong_from, known_from) from bearers
    where strong_from is not null
    union
    select bearers.name_norm, splits.split_from
    from bearers
    inner join splits on bearers.identity = splits.identity
    union
    select bearers.name_norm, splits.split_to
    from bearers
    inner join splits on bearers.identity = splits.identity
    where splits.split_to < {{ still() }}
),

moments as (
    select
        name_norm,
        day,
        lead(day, 1, {{ still() }}) over (partition by name_norm order by day) as next_day
    from days
),

-- strong members make their whole subject strong, under whatever name
strong_subjects as (
    select
        labels.label,
        min(greatest(labels.known_from, names.strong_from)) as known_from,
        max(labels.known_to) as known_to
    from {{ names }} as names
    inner join labels on names.identity = labels.identity
    where names.strong_from < labels.known_to
    group by labels.label
),

states as (
    select
        moments.name_norm,
        moments.day,
        moments.next_day,
        bearers.resolved_town,
        bearers.identity,
        bearers.label,
        coalesce(bearers.strong_from <= moments.day, false) as is_strong,
        coalesce(
            strong_subjects.known_from <= moments.day and strong_subjects.known_to > moments.day,
            false
        ) as is_strong_subject,
        splits.identity is not null as is_split_off
    from moments
    inner join bearers
        on moments.name_norm = bearers.name_norm
        and bearers.known_from <= moments.day
        and bearers.known_to > moments.day
    -- left: most subjects of a shared name are not strong, and nobody split them off
    left join strong_subjects on bearers.label = strong_subjects.label
    left join splits
        on bearers.identity = splits.identity
        and splits.split_from <= moments.day
        and splits.split_to > moments.day
),

anchors_in_town as (
    select name_norm, day, resolved_town, min(label) as target
    from states
    where is_strong and resolved_town <> ''
    group by name_norm, day, resolved_town
    having count(distinct label) = 1
),

anchors_in_district as (
    select name_norm, day, min(label) as target
    from states
    where is_strong
    group by name_norm, day
    having count(distinct label) = 1
),

-- only where no register knows the name
anchors_without_register as (
    select name_norm, day, min(case when resolved_town <> '' then label end) as target
    from states
    group by name_norm, day
    having not bool_or(is_strong)
        and count(distinct case when resolved_town <> '' then label end) = 1
),

joined_by_name as (
    select
        states.label,
        case
            when anchors_in_town.target is not null then 3
            else 4
        end as strength,
        coalesce(
            anchors_in_town.target,
            anchors_in_district.target,
            case when states.resolved_town = '' then anchors_without_register.target end
        ) as target,
        states.day as known_from,
        states.next_day as known_to
    from states
    -- left: a name may have no anchor in the town, none in the district, or none at all
    left join anchors_in_town
        on states.name_norm = anchors_in_town.name_norm
        and states.day = anchors_in_town.day
        and states.resolved_town = anchors_in_town.resolved_town
    left join anchors_in_district
        on states.name_norm = anchors_in_district.name_norm
        and states.day = anchors_in_district.day
    left join anchors_without_register
        on states.name_norm = anchors_without_register.name_norm
        and states.day = anchors_without_register.day
    where not states.is_strong_subject and not states.is_split_off
),

joins as (
    select * from joined_by_name
    where target is not null and target <> label
),

candidates as (
    select identity, label as root, strength, known_from, known_to, 9 as choice
    from labels
    union all
    select
        labels.identity, joins.target, joins.strength,
        greatest(labels.known_from, joins.known_from), least(labels.known_to, joins.known_to), 2
    from labels
    inner join joins on labels.label = joins.label
    where {{ known_together('labels', 'joins') }}
    -- a subject without a town may join one that itself joins the register
    union all
    select
        labels.identity, further.target, joins.strength,
        greatest(labels.known_from, joins.known_from, further.known_from),
        least(labels.known_to, joins.known_to, further.known_to), 1
    from labels
    inner join joins on labels.label = joins.label
    inner join joins as further on joins.target = further.label
    where greatest(labels.known_from, joins.known_from, further.known_from)
        < least(labels.known_to, joins.known_to, further.known_to)
),

contested as (
    select * from candidates
    where identity in (select identity from candidates where choice < 9)
),

resolved as (
    select * from {{ timeline(
        'contested', ['identity'], ['root', 'strength'],
        'contested.choice, contested.root'
    ) }} as best
    union all
    select identity, root, strength, known_from, known_to
    from candidates
    where identity not in (select identity from contested)
),

-- a group is named after its earliest known member: what was known first keeps its id
group_members as (
    select distinct
        resolved.root, resolved.known_from, resolved.known_to,
        labels.label as eldest, elders.known_from as eldest_from
    from resolved
    inner join labels
        on resolved.identity = labels.identity and {{ known_together('resolved', 'labels') }}
    inner join {{ identities }} as elders on labels.label = elders.identity
    where resolved.root in (select root from contested)
),

eldest_members as (
    select * from {{ timeline(
        'group_members', ['root'], ['eldest'],
        'group_members.eldest_from, group_members.eldest'
    ) }} as best
),

named as (
    select
        resolved.identity, resolved.root, resolved.strength,
        coalesce(eldest_members.eldest, resolved.root) as eldest,
        greatest(resolved.known_from, coalesce(eldest_members.known_from, {{ always() }}))
            as known_from,
        least(resolved.known_to, coalesce(eldest_members.known_to, {{ still() }})) as known_to
    from resolved
    -- left: most subjects have one name alone
    left join eldest_members
        on resolved.root = eldest_members.root
        and {{ known_together('resolved', 'eldest_members') }}
),

spans as (
    select * from {{ merged_spans(
        'named', ['identity'], ['root', 'strength', 'eldest']
    ) }} as merged
),

all_replays as (
    select 'as_published' as replay, * from spans
    union all
    select 'as_happened', identity, root, strength, eldest, {{ always() }}, {{ still() }}
    from spans
    where known_to = {{ still() }}
    union all
    select 'current', identity, root, strength, eldest, {{ always() }}, {{ still() }}
    from spans
    where known_to = {{ still() }}
)

select
    replay,
    identity,
    {{ short_id(letter, 'eldest') }} as subject_id,
    eldest = identity as is_eldest,
    case
        when root = identity then 'itself'
        when strength = 1 then 'decision'
        when strength = 2 then 'code'
        when strength = 3 then 'name_in_town'
        else 'name_in_district'
    end as linked_by,
    known_from,
    known_to
from all_replays
{%- endmacro %}
