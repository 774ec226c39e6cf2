with as_of as (
    select * from {{ ref('int_as_of') }}
),

settings as (
    select * from {{ ref('stg_ops__settings') }}
),

parks as (
    select count(*) as count_parks
    from {{ ref('dim_parks') }}
    cross join as_of
    where not is_provisional
        and coalesce(delisted_on, {{ still() }}) > as_of.as_of_on
        and coalesce(park_status, '') <> '退出'
),

enterprises as (
    select count(*) as count_enterprises
    from {{ ref('dim_enterprises') }}
    cross join as_of
    where not is_provisional
        and coalesce(closed_on, {{ still() }}) > as_of.as_of_on
        and coalesce(production_status, '') <> '关闭'
),

tenancies as (
    select count(*) as count_tenancies
    from {{ ref('int_tenancies__known') }}
    cross join as_of
    where replay = 'current' and known_from <= as_of.as_of_on and known_to > as_of.as_of_on
),

inspections as (
    select count(*) as count_inspections_12m
    from {{ ref('fct_inspections') }}
    cross join as_of
    where inspected_on <= as_of.as_of_on
        and {{ month_index('inspected_on') }} > as_of.as_of_month - 12
),

hazards as (
    select
        count(case when {{ month_index('found_on') }} > as_of.as_of_month - 12 then 1 end)
            as count_hazards_12m,
        count(case
            when {{ month_index('found_on') }} > as_of.as_of_month - 12
                and level in ('较大', '重大')
                then 1
        end) as count_serious_hazards_12m,
        count(case when not is_rectified then 1 end) as count_hazards_open,
        count(case when is_overdue then 1 end) as count_hazards_overdue
    from {{ ref('fct_hazards') }}
    cross join as_of
    where found_on <= as_of.as_of_on
),

cases as (
    select
        count(*) as count_cases_12m,
        cast(coalesce(sum(total_fine_fen), 0) as bigint) as fines_12m_fen
    from {{ ref('fct_cases') }}
    cross join as_of
    where decided_on <= as_of.as_of_on
        and {{ month_index('decided_on') }} > as_of.as_of_month - 12
),

accidents as (
    select
        count(*) as count_accidents_12m,
        cast(coalesce(sum(deaths), 0) as bigint) as count_deaths_12m
    from {{ ref('fct_accidents') }}
    cross join as_of
    where occurred_on <= as_of.as_of_on and is_counted
        and {{ month_index('occurred_on') }} > as_of.as_of_month - 12
),

files as (
    select
        count(*) as count_files,
        count(case when outcome = 'refused' then 1 end) as count_files_refused
    from {{ ref('dim_files') }}
),

ledger as (
    select
        cast(coalesce(sum(rows_read), 0) as bigint) as rows_read,
        cast(coalesce(sum(rows_rejected), 0) as bigint) as rows_rejected
    from {{ ref('fct_file_ledger') }}
),

issues as (
    select count(*) as count_issues from {{ ref('fct_issues') }}
)

select
    as_of.as_of_on,
    settings.district_name,
    parks.count_parks,
    enterprises.count_enterprises,
    tenancies.count_tenancies,
    inspections.count_inspections_12m,
    hazards.count_hazards_12m,
    hazards.count_serious_hazards_12m,
    hazards.count_hazards_open,
    hazards.count_hazards_overdue,
    cases.count_cases_12m,
    cases.fines_12m_fen,
    accidents.count_accidents_12m,
    accidents.count_deaths_12m,
    files.count_files,
    files.count_files_refused,
    ledger.rows_read,
    ledger.rows_rejected,
    issues.count_issues
from as_of
cross join settings
cross join parks
cross join enterprises
cross join tenancies
cross join inspections
cross join hazards
cross join cases
cross join accidents
cross join files
cross join ledger
cross join issues
