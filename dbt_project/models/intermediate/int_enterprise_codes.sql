with claims as (
    select
        identity,
        uscc,
        name_norm,
        {{ name_core('name_norm', 'min(town)') }} as core,
        min(known_from) as known_from,
        min(case when is_register then known_from end) as registered_from
    from {{ ref('int_enterprise_claims') }}
    where uscc is not null and not is_lessor_code
    group by identity, uscc, name_norm
),

-- the name a code stands for: the first one a register gives it, before that the first one met
references_of_codes as (
    select
        uscc,
        core as claimed_core,
        registered_from as no_date
    from claims
    where name_norm is not null
    qualify row_number() over (
        partition by uscc order by known_from, name_norm, identity
    ) = 1
),

registered_names as (
    select uscc, core as registered_core, registered_from
    from claims
    where name_norm is not null and registered_from is not null
    qualify row_number() over (
        partition by uscc order by registered_from, name_norm, identity
    ) = 1
),

regimes as (
    select
        claims.identity, claims.uscc, claims.core, references_of_codes.claimed_core as named_core,
        'claimed' as regime, claims.known_from,
        coalesce(registered_names.registered_from, {{ still() }}) as known_to
    from claims
    -- left: a code met without any name; a code no register names
    left join references_of_codes on claims.uscc = references_of_codes.uscc
    left join registered_names on claims.uscc = registered_names.uscc
    union all
    select
        claims.identity, claims.uscc, claims.core, registered_names.registered_core,
        'registered', greatest(claims.known_from, registered_names.registered_from), {{ still() }}
    from claims
    inner join registered_names on claims.uscc = registered_names.uscc
),

name_pairs as (
    select distinct core, named_core
    from regimes
    where core <> named_core
),

letters as (
    select distinct name_pairs.core as name, substr(name_pairs.core, position, 1) as letter
    from (select core from name_pairs union select named_core from name_pairs) as name_pairs
    cross join {{ ref('int_positions') }}
    where position <= length(name_pairs.core)
),

letter_counts as (
    select name, count(*) as count_letters from letters group by name
),

shared_letters as (
    select name_pairs.core, name_pairs.named_core, count(*) as count_shared
    from name_pairs
    inner join letters as given_letters on name_pairs.core = given_letters.name
    inner join letters as named_letters
        on name_pairs.named_core = named_letters.name
        and given_letters.letter = named_letters.letter
    group by name_pairs.core, name_pairs.named_core
),

similarities as (
    select
        name_pairs.core,
        name_pairs.named_core,
        2.0 * coalesce(shared_letters.count_shared, 0)
        / (given_counts.count_letters + named_counts.count_letters) as shared_share
    from name_pairs
    inner join letter_counts as given_counts on name_pairs.core = given_counts.name
    inner join letter_counts as named_counts on name_pairs.named_core = named_counts.name
    -- left: names without a common letter
    left join shared_letters
        on name_pairs.core = shared_letters.core
        and name_pairs.named_core = shared_letters.named_core
)

select
    regimes.identity,
    regimes.uscc,
    regimes.regime,
    coalesce(similarities.shared_share, 1.0) >= 0.5 as is_trusted,
    regimes.known_from,
    regimes.known_to
from regimes
-- left: equal names, and codes without a name, need no comparison
left join similarities
    on regimes.core = similarities.core and regimes.named_core = similarities.named_core
where regimes.known_from < regimes.known_to
