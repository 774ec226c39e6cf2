-- what a ledger claims against what its rows add up to
with cases as (
    select
        source_system, case_code,
        count(distinct case when party_kind = '单位' then party_key end) > 0
        and count(distinct case when party_kind = '个人' then party_key end) > 0
            as is_double_penalty
    from {{ ref('int_cases__known') }}
    where replay = 'current'
    group by source_system, case_code
),

penalty_mismatches as (
    select
        versions._file_id, versions._sheet, versions._row_number, 'cases' as export,
        'is_double_penalty' as column_name, 'double_penalty_mismatch' as rule,
        case when versions.is_double_penalty_claimed then '是' else '否' end as raw_value,
        case
            when cases.is_double_penalty then 'The rows of the case name a unit and a person.'
            else 'The rows of the case do not name both a unit and a person.'
        end as message
    from {{ ref('int_cases__versions') }} as versions
    inner join cases
        on versions.source_system = cases.source_system
        and versions.case_code = cases.case_code
    where versions.disposition = 'accepted'
        and versions.is_double_penalty_claimed <> cases.is_double_penalty
),

grades as (
    select
        *,
        {{ accident_grade('deaths', 'serious_injuries', 'direct_loss_fen') }} as grade
    from {{ ref('int_accidents__versions') }}
    where disposition = 'accepted'
),

grade_mismatches as (
    select
        _file_id, _sheet, _row_number, 'accidents' as export, 'grade' as column_name,
        'grade_mismatch' as rule, grade_claimed as raw_value,
        'Deaths, serious injuries and loss make it ' || grade || '.' as message
    from grades
    where grade_claimed <> grade
)

select * from penalty_mismatches
union all
select * from grade_mismatches
