with parties as (
    select * from {{ ref('fct_case_parties') }}
),

-- the row of the first party speaks for the case; what it leaves empty, the others say
statements as (
    select
        *,
        row_number() over (
            partition by source_system, case_code
            order by
                case when party_kind = '单位' then 1 else 2 end, said_on desc nulls last, _key
        ) as statement_number
    from {{ ref('int_case_parties__versions') }}
    where disposition = 'accepted'
),

cases as (
    select
        {{ short_id('c', "source_system || '|' || case_code") }} as case_id,
        source_system,
        case_code,
        {{ first_told('decision_no', 'statement_number') }} as decision_no,
        {{ first_told('sector', 'statement_number') }} as sector,
        {{ first_told('cause', 'statement_number') }} as cause,
        {{ first_told('cause_kind', 'statement_number') }} as cause_kind,
        {{ first_told('legal_basis', 'statement_number') }} as legal_basis,
        {{ first_told('procedure', 'statement_number') }} as procedure,
        {{ first_told('case_disposition', 'statement_number') }} as case_disposition,
        {{ first_told('origin', 'statement_number') }} as origin,
        {{ first_told('accident_code', 'statement_number') }} as accident_code,
        {{ first_told('inspection_code', 'statement_number') }} as inspection_code,
        bool_or(is_offsite) as is_offsite,
        bool_or(had_hearing) as had_hearing,
        bool_or(is_double_penalty_claimed) as is_double_penalty_claimed,
        min(filed_on) as filed_on,
        min(decided_on) as decided_on,
        max(closed_on) as closed_on,
        min(published_on) as published_on,
        max(publish_until) as publish_until,
        max(known_from) as known_from,
        min(case when statement_number = 1 then _file_id end) as _file_id,
        min(case when statement_number = 1 then file_name end) as file_name,
        min(case when statement_number = 1 then _sheet end) as _sheet,
        min(case when statement_number = 1 then _row_number end) as _row_number
    from statements
    group by source_system, case_code
),

sums as (
    select
        case_id,
        coalesce(min(case when party_kind = '单位' then town end), min(town)) as town,
        count(case when party_kind = '单位' then 1 end) as count_unit_parties,
        count(case when party_kind = '个人' then 1 end) as count_person_parties,
        cast(sum(case when party_kind = '单位' then fine_fen end) as bigint) as fine_fen,
        cast(sum(case when party_kind = '个人' then fine_fen end) as bigint) as person_fine_fen,
        cast(sum(fine_fen) as bigint) as total_fine_fen,
        cast(sum(confiscated_fen) as bigint) as confiscated_fen,
        cast(sum(exempted_fen) as bigint) as exempted_fen
    from parties
    group by case_id
)

select
    cases.case_id,
    cases.case_code,
    cases.decision_no,
    sums.town,
    cases.sector,
    cases.cause,
    cases.cause_kind,
    cases.legal_basis,
    cases.procedure,
    cases.case_disposition as disposition,
    cases.origin,
    cases.is_offsite,
    cases.had_hearing,
    cases.filed_on,
    cases.decided_on,
    cases.closed_on,
    cases.published_on,
    cases.publish_until,
    sums.count_unit_parties,
    sums.count_person_parties,
    sums.count_unit_parties > 0 and sums.count_person_parties > 0 as is_double_penalty,
    cases.is_double_penalty_claimed,
    sums.fine_fen,
    sums.person_fine_fen,
    sums.total_fine_fen,
    sums.confiscated_fen,
    sums.exempted_fen,
    cases.accident_code,
    cases.inspection_code,
    {{ days_between('cases.filed_on', 'cases.decided_on') }} as days_to_decision,
    cases.known_from,
    cases.source_system,
    cases._file_id,
    cases.file_name,
    cases._sheet,
    cases._row_number
from cases
inner join sums on cases.case_id = sums.case_id
