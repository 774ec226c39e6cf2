-- what any export says of a subject, and the first row that names it
with links as (
    select * from {{ ref('int_enterprise_links') }}
    where replay = 'current'
),

claims as (
    select
        links.subject_id as enterprise_id,
        claims.*,
        row_number() over (
            partition by links.subject_id
            order by
                claims.known_from, claims._file_id, claims._sheet, claims._row_number,
                claims.export
        ) as claim_number
    from links
    inner join {{ ref('int_enterprise_claims') }} as claims on links.identity = claims.identity
)

select
    claims.enterprise_id,
    min(case
        when not claims.is_lessor_code and not coalesce(claims.is_withheld, false)
            then claims.uscc
    end) as uscc,
    min(claims.name) as enterprise_name,
    coalesce(min(towns.resolved_town), min(claims.town)) as town,
    bool_or(claims.is_register) as is_registered,
    nullif(min(claims.known_from), {{ undated() }}) as known_from,
    min(case when claims.claim_number = 1 then claims._file_id end) as _file_id,
    min(case when claims.claim_number = 1 then claims._sheet end) as _sheet,
    min(case when claims.claim_number = 1 then claims._row_number end) as _row_number
from claims
-- left: rows without a town
left join {{ ref('int_towns') }} as towns on claims.town = towns.town
group by claims.enterprise_id
