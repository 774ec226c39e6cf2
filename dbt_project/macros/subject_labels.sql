{#-
    subject_labels: which identities were known to be one subject, and when.

    An edge says that an identity meets a hub (a code, a name in a town, a former name, a human
    decision) from known_from to known_to; two identities at one hub are one subject while both
    edges hold. A hub's edges become a star around its earliest identity (edges that end share
    their end, so the star loses nothing). The recursion follows the edges with the interval in
    which the whole way holds: exact for every moment, and made of later rows only later.
    The label of a group is its earliest known member, the smallest text among equals: a row that
    becomes known later never renames what was known before.
    "different" takes its right identity out of all automatic edges from the decision's day on.
-#}
{% macro subject_labels(subject, identities, edges) -%}
with recursive identities as (
    select identity, known_from from {{ identities }}
),

decisions as (
    select * from {{ ref('stg_ops__rule_subject_decisions') }}
    where subject = '{{ subject }}'
),

splits as (
    select right_identity as identity, min(coalesce(decided_on, {{ always() }})) as decided_on
    from decisions
    where decision = 'different'
    group by right_identity
),

decided_edges as (
    select
        identities.identity,
        'decision:' || decisions.left_identity || '~' || decisions.right_identity as hub,
        1 as strength,
        greatest(identities.known_from, coalesce(decisions.decided_on, {{ always() }}))
            as known_from,
        {{ still() }} as known_to
    from decisions
    inner join identities
        on identities.identity in (decisions.left_identity, decisions.right_identity)
    where decisions.decision = 'same'
),

all_edges as (
    select
        edges.identity, edges.hub, edges.strength, edges.known_from,
        least(edges.known_to, coalesce(splits.decided_on, {{ still() }})) as known_to
    from {{ edges }} as edges
    -- left: few identities were split off
    left join splits on edges.identity = splits.identity
    union all
    select * from decided_edges
),

live_edges as (
    select
        *,
        count(*) over (partition by hub) as count_met,
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
    where count_met > 1
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
