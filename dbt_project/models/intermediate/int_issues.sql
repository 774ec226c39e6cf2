with version_ties as (
    {%- for export in export_names() %}
    {{ version_ties(export) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

incomplete_lists as (
    select distinct
        _file_id, _sheet, cast(null as bigint) as _row_number, 'leases' as export,
        cast(null as varchar) as column_name, 'full_list_incomplete' as rule,
        cast(null as varchar) as raw_value,
        'A full list with rejected rows, a wrong total or no known day removes nobody.'
            as message
    from {{ ref('int_leases__full_lists') }}
    where not is_complete
),

distrusted_codes as (
    select identity, uscc
    from {{ ref('int_enterprise_codes') }}
    where known_to = {{ still() }} and not is_trusted
),

code_conflicts as (
    select
        claims._file_id, claims._sheet, claims._row_number, claims.export,
        case when claims.export = 'leases' then 'tenant_uscc' else 'uscc' end as column_name,
        'code_name_conflict' as rule, claims.uscc as raw_value,
        case
            when claims.is_lessor_code then 'The code is the lessor''s own: the name decides.'
            else 'The code is registered under another name: the name decides.'
        end as message
    from {{ ref('int_enterprise_claims') }} as claims
    -- left: the lessor's own code is known from the row alone
    left join distrusted_codes
        on claims.identity = distrusted_codes.identity and claims.uscc = distrusted_codes.uscc
    where claims.is_live
        and (distrusted_codes.uscc is not null or claims.is_lessor_code)
),

unknown_subjects as (
    -- distinct: a row of cases may name two subjects
    select distinct
        members._file_id, members._sheet, members._row_number,
        {{ dbt.cast('claims.export', 'varchar') }} as export,
        case
            when claims.export = 'cases' then 'party_name' else 'enterprise_name'
        end as column_name,
        'subject_unknown' as rule,
        members.enterprise_name as raw_value,
        'No register names this enterprise: counted as provisional.' as message
    from {{ ref('int_enterprise_members') }} as members
    inner join {{ ref('int_enterprise_claims') }} as claims
        on members._file_id = claims._file_id and members._sheet = claims._sheet
        and members._row_number = claims._row_number
    where not members.is_registered and claims.export <> 'enterprises'
        and (select count(*) from {{ ref('int_enterprises__versions') }}) > 0
),

ledger_days as (
    select min(found_on) as first_on, max(found_on) as last_on
    from {{ ref('int_hazards__versions') }}
    where disposition = 'accepted'
),

found_hazards as (
    select visit_source_system, visit_key, count(*) as count_hazards
    from {{ ref('int_hazards__visits') }}
    group by visit_source_system, visit_key
),

hazard_mismatches as (
    select
        visits._file_id, visits._sheet, visits._row_number, 'inspections' as export,
        'hazard_count' as column_name, 'hazard_count_mismatch' as rule,
        cast(visits.hazard_count_claimed as varchar) as raw_value,
        'The hazard ledger holds ' || coalesce(found_hazards.count_hazards, 0)
        || ' hazards of this visit.' as message
    from {{ ref('int_inspections__versions') }} as visits
    cross join ledger_days
    -- left: a visit the ledger does not know
    left join found_hazards
        on visits.source_system = found_hazards.visit_source_system
        and visits._key = found_hazards.visit_key
    where visits.disposition = 'accepted'
        and visits.hazard_count_claimed <> coalesce(found_hazards.count_hazards, 0)
        and visits.inspected_on between ledger_days.first_on and ledger_days.last_on
),

tenant_counts as (
    select
        parks._file_id, parks._sheet, parks._row_number, parks.count_tenants_claimed,
        count(tenancies.enterprise_id) as count_tenants
    from {{ ref('int_parks__versions') }} as parks
    inner join {{ ref('int_park_links') }} as links
        on parks.park_identity = links.identity and links.replay = 'current'
    -- left: on that day the park may have been empty
    left join {{ ref('int_tenancies__known') }} as tenancies
        on links.subject_id = tenancies.park_id and tenancies.replay = 'current'
        and tenancies.known_from <= parks._known_on and tenancies.known_to > parks._known_on
    where parks.disposition = 'accepted' and parks._known_on is not null
        and links.subject_id in (
            select park_id from {{ ref('int_leases__known') }} where replay = 'current'
        )
    group by parks._file_id, parks._sheet, parks._row_number, parks.count_tenants_claimed
),

tenant_mismatches as (
    select
        _file_id, _sheet, _row_number, 'parks' as export, 'tenant_count' as column_name,
        'tenant_count_mismatch' as rule,
        cast(count_tenants_claimed as varchar) as raw_value,
        'The leases name ' || count_tenants || ' tenants on that day.' as message
    from tenant_counts
    where count_tenants_claimed <> count_tenants
)

select * from version_ties
union all
select * from incomplete_lists
union all
select * from code_conflicts
union all
select * from unknown_subjects
union all
select * from hazard_mismatches
union all
select * from tenant_mismatches
union all
select * from {{ ref('int_sensor_issues') }}
