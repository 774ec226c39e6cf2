-- A returned row means: a mart of facts lost or doubled accepted rows of its export.
with accepted_rows as (
    select export, count(*) as count_accepted
    from {{ ref('fct_row_dispositions') }}
    where disposition = 'accepted'
    group by export
),

facts as (
    select 'leases' as export, count(*) as count_facts from {{ ref('fct_leases') }}
    union all
    select 'inspections', count(*) from {{ ref('fct_inspections') }}
    union all
    select 'hazards', count(*) from {{ ref('fct_hazards') }}
    union all
    select 'units', count(*) from {{ ref('dim_units') }}
)

select facts.export, accepted_rows.count_accepted, facts.count_facts
from facts
-- left: an export nobody sent
left join accepted_rows on facts.export = accepted_rows.export
where coalesce(accepted_rows.count_accepted, 0) <> facts.count_facts
