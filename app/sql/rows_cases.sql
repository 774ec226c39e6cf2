-- Penalty cases with their parties, the last decided first. A name leaves with its publication,
-- so parties are named from their own rows, never from the register.
with parties as (
    select
        case_id,
        coalesce(
            string_agg(distinct party_name, '、' order by party_name), 'withheld'
        ) as party_names,
        bool_or(coalesce(park_id = $park, false)) as is_in_park
    from marts.fct_case_parties
    group by case_id
)

select
    cases.decided_on, cases.filed_on, cases.case_code, cases.decision_no, parties.party_names,
    cases.town, cases.cause, cases.cause_kind, cases.disposition as case_disposition,
    cases.legal_basis, cases.procedure, cases.origin,
    cases.total_fine_fen / 100.0 as total_fine_yuan,
    cases.person_fine_fen / 100.0 as person_fine_yuan, cases.is_double_penalty,
    cases.days_to_decision, cases.publish_until,
    cases.file_name, cases._sheet, cases._row_number,
    (sum(cases.total_fine_fen) over ())::bigint as sum_fines_fen,
    count(*) over () as count_all
from marts.fct_cases as cases
inner join parties on cases.case_id = parties.case_id
where
    ($only = 'all' or (cases.decided_on > $since and cases.decided_on <= $until))
    and ($only <> 'double' or cases.is_double_penalty)
    and ($month is null or strftime(coalesce(cases.decided_on, cases.filed_on), '%Y-%m') = $month)
    and ($town is null or cases.town = $town)
    and ($park is null or parties.is_in_park)
    and (
        $text = ''
        or contains(lower(cases.case_code), lower($text))
        or contains(lower(coalesce(cases.cause, '')), lower($text))
        or contains(lower(parties.party_names), lower($text))
    )
order by coalesce(cases.decided_on, cases.filed_on) desc, cases.case_id
limit $limit
