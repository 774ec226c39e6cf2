with inspections as (
    select
        cast(date_trunc('month', inspected_on) as date) as month,
        coalesce(town, '?') as town,
        coalesce(kind, '?') as inspection_kind,
        count(*) as count_inspections,
        count(case when is_bad then 1 end) as count_bad,
        0 as count_hazards,
        0 as count_serious_hazards
    from {{ ref('fct_inspections') }}
    group by cast(date_trunc('month', inspected_on) as date), coalesce(town, '?'),
        coalesce(kind, '?')
),

-- a hazard counts with the kind of the visit that found it
hazards as (
    select
        cast(date_trunc('month', hazards.found_on) as date) as month,
        coalesce(hazards.town, '?') as town,
        coalesce(visits.kind, hazards.found_by, '?') as inspection_kind,
        0 as count_inspections,
        0 as count_bad,
        count(*) as count_hazards,
        count(case when hazards.level in ('较大', '重大') then 1 end) as count_serious_hazards
    from {{ ref('fct_hazards') }} as hazards
    -- left: hazards no visit found
    left join {{ ref('fct_inspections') }} as visits
        on hazards.inspection_id = visits.inspection_id
    group by
        cast(date_trunc('month', hazards.found_on) as date), coalesce(hazards.town, '?'),
        coalesce(visits.kind, hazards.found_by, '?')
),

both_streams as (
    select * from inspections
    union all
    select * from hazards
)

select
    month,
    town,
    inspection_kind,
    cast(sum(count_inspections) as bigint) as count_inspections,
    cast(sum(count_bad) as bigint) as count_bad,
    cast(sum(count_hazards) as bigint) as count_hazards,
    cast(sum(count_serious_hazards) as bigint) as count_serious_hazards
from both_streams
group by month, town, inspection_kind
