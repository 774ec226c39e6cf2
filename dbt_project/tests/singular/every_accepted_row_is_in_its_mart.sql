-- A returned row means: a mart of facts lost or doubled accepted rows of its export. A row of cases
-- may state two parties, and two rows the same one: each stated party counts once.
with accepted_rows as (
    select export, count(*) as count_accepted
    from {{ ref('fct_row_dispositions') }}
    where disposition = 'accepted'
    group by export
    union all
    select 'parties of cases', count(*)
    from (
        select distinct source_system, case_code, party_key
        from {{ ref('int_case_parties__versions') }}
        where disposition = 'accepted'
    ) as stated_parties
    union all
    select 'numbers of cases', count(*)
    from (
        select distinct source_system, case_code from {{ ref('int_cases__versions') }}
        where disposition = 'accepted'
    ) as stated_cases
),

facts as (
    select 'leases' as export, count(*) as count_facts from {{ ref('fct_leases') }}
    union all
    select 'inspections', count(*) from {{ ref('fct_inspections') }}
    union all
    select 'hazards', count(*) from {{ ref('fct_hazards') }}
    union all
    select 'accidents', count(*) from {{ ref('fct_accidents') }}
    union all
    select 'cases', count(*)
    from (
        select distinct stated._file_id, stated._sheet, stated._row_number
        from {{ ref('int_case_parties__versions') }} as stated
        inner join {{ ref('fct_case_parties') }} as parties
            on parties.case_party_id = {{ short_id(
                'v', "stated.source_system || '|' || stated.case_code || '|' || stated.party_key"
            ) }}
        where stated.disposition = 'accepted'
    ) as rows_with_parties
    union all
    select 'parties of cases', count(*) from {{ ref('fct_case_parties') }}
    union all
    select 'numbers of cases', count(*) from {{ ref('fct_cases') }}
    union all
    select 'units', count(*) from {{ ref('dim_units') }}
    union all
    select 'devices', count(*) from {{ ref('dim_devices') }}
    where not is_provisional
    union all
    select 'alarms', count(*) from {{ ref('fct_alarms') }}
    union all
    -- readings are kept as counts by day: the mart of readings is a window to look through
    select 'readings', cast(coalesce(sum(count_readings), 0) as bigint)
    from {{ ref('fct_device_days') }}
)

select facts.export, accepted_rows.count_accepted, facts.count_facts
from facts
-- left: an export nobody sent
left join accepted_rows on facts.export = accepted_rows.export
where coalesce(accepted_rows.count_accepted, 0) <> facts.count_facts
