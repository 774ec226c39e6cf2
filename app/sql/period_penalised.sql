-- Organisations penalised in a period; a name only while its publication lasts on $names_on.
select
    case when publish_until >= $names_on then party_name end as party_name,
    town,
    decided_on,
    fine_fen,
    publish_until
from marts.fct_case_parties
where
    party_kind = '单位'
    and decided_on >= $start and decided_on < $end
    and ($town is null or town = $town)
order by fine_fen desc nulls last, decided_on, case_party_id
