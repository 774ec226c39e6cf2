{#-
    subject_labels: which identities were known to be one subject, and when.

    An edge says that an identity meets a hub (a code, a name in a town, a former name, a human
    decision) from known_from to known_to; two identities at one hub are one subject while both
    edges hold. A hub's edges become a star around its earliest identity (edges that end share
    their end, so the star loses nothing). The recursion follows the edges with the interval in
    which the whole way holds: exact for every moment, and made of later rows only later.
    The label of a group is its earliest known member, the smallest text among equals: a row that
    becomes known later never renames what was known before.
    "different" takes its right identity out of all automatic edges from the decision's day on,
    and an ended decision counts until the day it was undone: both ends are known days.
-#}
{% macro subject_labels(subject, identities, edges) -%}
with recursive identities as (
    select identity, known_from from {{ identities }}
),

decided_edges as (
    select
        identities.identity,
        'decision:' || decisions.left_identity || '~' || decisions.right_identity
        || coalesce(cast(decisions.decided_on as varchar), '') as hub,
        1 as strength,
        greatest(identities.known_from, coalesce(decisions.decided_on, {{ always() }}))
            as known_from,
        coalesce(decisions.ended_on, {{ still() }}) as known_to
    from {{ ref('stg_ops__rule_subject_decisions') }} as decisions
    inner join identities
        on identities.identity in (decisions.left_identity, decisions.right_identity)
    where decisions.subject = '{{ subject }}' and decisions.decision = 'same'
),

splits as (
    select * from {{ split_spans(subject) }} as spans
),

-- when an identity that was split off for a while may be joined automatically
free_spans as (
    select identity, {{ always() }} as free_from, min(split_from) as free_to
    from splits
    group by identity
    union all
    select
        identity,
        split_to,
        lead(split_from, 1, {{ still() }}) over (partition by identity order by split_from)
    from splits
),

all_edges as (
    select identity, hub, strength, known_from, known_to, 0 as was_split
    from {{ edges }}
    where identity not in (select identity from splits)
    union all
    select
        edges.identity, edges.hub, edges.strength,
        greatest(edges.known_from, free_spans.free_from),
        least(edges.known_to, free_spans.free_to), 1
    from {{ edges }} as edges
    inner join free_spans on edges.identity = free_spans.identity
    union all
    select identity, hub, strength, known_from, known_to, 0 from decided_edges
),

live_edges as (
    select
        *,
        min(identity) over (partition by hub) <> max(identity) over (partition by hub)
            as is_shared_hub,
        max(was_split) over (partition by hub) as has_split,
        row_number() over (
            partition by hub order by known_to desc, known_from, identity
        ) as position_at_hub
    from all_edges
    where known_from < known_to
),

stars as (
    select
        roots.identity as left_identity,
        leaves.identity as right_identity,
        leaves.strength,
        greatest(roots.known_from, leaves.known_from) as known_from,
        least(roots.known_to, leaves.known_to) as known_to
    from live_edges as roots
    inner join live_edges as leaves on roots.hub = leaves.hub
    where roots.position_at_hub = 1 and leaves.position_at_hub > 1
        and roots.identity <> leaves.identity
        and {{ known_together('roots', 'leaves') }}
    -- where somebody was split off, edges end at different days: every pair for itself
    union all
    select
        roots.identity, leaves.identity, leaves.strength,
        greatest(roots.known_from, leaves.known_from), least(roots.known_to, leaves.known_to)
    from live_edges as roots
    inner join live_edges as leaves on roots.hub = leaves.hub
    where roots.has_split = 1 and roots.position_at_hub > 1
        and leaves.position_at_hub > roots.position_at_hub
        and roots.identity <> leaves.identity
        and {{ known_together('roots', 'leaves') }}
),

both_ways as (
    select left_identity, right_identity, known_from, known_to from stars
    union
    select right_identity, left_identity, known_from, known_to from stars
),

linked_identities as (
    select left_identity as identity, min(known_from) as linked_from
    from both_ways
    group by left_identity
),

reach as (
    select
        identities.identity,
        identities.identity as label,
        identities.known_from,
        {{ still() }} as known_to
    from identities
    inner join linked_identities on identities.identity = linked_identities.identity
    union
    select
        reach.identity,
        both_ways.right_identity,
        greatest(reach.known_from, both_ways.known_from),
        least(reach.known_to, both_ways.known_to)
    from reach
    inner join both_ways on reach.label = both_ways.left_identity
    where {{ known_together('reach', 'both_ways') }}
),

candidates as (
    select reach.*, identities.known_from as label_known_from
    from reach
    inner join identities on reach.label = identities.identity
),

best_labels as (
    select * from {{ timeline(
        'candidates', ['identity'], ['label'], 'candidates.label_known_from, candidates.label'
    ) }} as best
),

strengths as (
    select identity, min(strength) as strength
    from live_edges
    where is_shared_hub
    group by identity
)

select
    spans.identity,
    spans.label,
    coalesce(strengths.strength, 9) as strength,
    spans.known_from,
    spans.known_to
from {{ merged_spans('best_labels', ['identity'], ['label']) }} as spans
-- left: an identity that only others' edges reach
left join strengths on spans.identity = strengths.identity
union all
select identity, identity, 9, known_from, {{ still() }}
from identities
where identity not in (select identity from linked_identities)
{%- endmacro %}


{#- split_spans: when each identity was kept apart by a decision "different"; disjoint spans. -#}
{% macro split_spans(subject) -%}
(
    select identity, min(split_from) as split_from, max(split_to) as split_to
    from (
        select
            *,
            sum(starts_anew) over (
                partition by identity order by split_from, split_to
            ) as island
        from (
            select
                *,
                case
                    when split_from <= max(split_to) over (
                        partition by identity order by split_from, split_to
                        rows between unbounded preceding and 1 preceding
                    ) then 0
                    else 1
                end as starts_anew
            from (
                select distinct
                    right_identity as identity,
                    coalesce(decided_on, {{ always() }}) as split_from,
                    coalesce(ended_on, {{ still() }}) as split_to
                from {{ ref('stg_ops__rule_subject_decisions') }}
                where subject = '{{ subject }}' and decision = 'different'
                    and coalesce(decided_on, {{ always() }}) < coalesce(ended_on, {{ still() }})
            ) as decided
        ) as marked
    ) as islands
    group by identity, island
)
{%- endmacro %}
