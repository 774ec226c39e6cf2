-- The current cohort of parks and enterprises as published, one row a subject.
with ranked as (
    select 'park' as unit, park_id as subject_id, rank, score, last_inspected_on, hazards_open, run_id
    from marts.rpt_park_ranking
    union all
    select 'enterprise', enterprise_id, rank, score, last_inspected_on, hazards_open, run_id
    from marts.rpt_enterprise_ranking
),

subjects as (
    select
        'park' as unit, park_id as subject_id, park_id, park_name as name, null as park_name,
        town, address, park_kind as kind, park_status as status, delisted_on as closed_on
    from marts.dim_parks
    union all
    select
        'enterprise', enterprises.enterprise_id, enterprises.park_id, enterprises.enterprise_name,
        parks.park_name, enterprises.town, coalesce(enterprises.address, parks.address),
        enterprises.scale, enterprises.production_status, enterprises.closed_on
    from marts.dim_enterprises as enterprises
    -- left: most enterprises are in no park
    left join marts.dim_parks as parks on enterprises.park_id = parks.park_id
),

-- a visit to a tenant is no visit to its park
counted as (
    select
        case when enterprise_id is null then 'park' else 'enterprise' end as unit,
        coalesce(enterprise_id, park_id) as subject_id,
        max(inspected_on) as last_counted_on
    from marts.fct_inspections
    where len($kinds) = 0 or list_contains($kinds, kind)
    group by all
),

all_reasons as (
    select 'park' as unit, park_id as subject_id, run_id, feature, value, contribution
    from marts.fct_park_reasons
    where position > 0 and contribution > 0
    union all
    select 'enterprise', enterprise_id, run_id, feature, value, contribution
    from marts.fct_enterprise_reasons
    where position > 0 and contribution > 0
),

numbered as (
    select
        all_reasons.*,
        row_number() over (
            partition by unit, subject_id order by contribution desc, feature
        ) as place
    from all_reasons
    where run_id in (select run_id from ranked)
),

reasons as (
    select
        unit, subject_id,
        min(case when place = 1 then feature end) as reason_1,
        min(case when place = 1 then value end) as value_1,
        min(case when place = 2 then feature end) as reason_2,
        min(case when place = 2 then value end) as value_2,
        min(case when place = 3 then feature end) as reason_3,
        min(case when place = 3 then value end) as value_3
    from numbered
    group by unit, subject_id
)

select
    ranked.unit, ranked.subject_id, subjects.park_id, subjects.name, subjects.park_name,
    subjects.town, subjects.address, subjects.kind, subjects.status, subjects.closed_on,
    ranked.rank, ranked.score, ranked.run_id, ranked.last_inspected_on, counted.last_counted_on,
    cast(ranked.hazards_open as bigint) as hazards_open,
    reasons.reason_1, reasons.value_1, reasons.reason_2, reasons.value_2,
    reasons.reason_3, reasons.value_3
from ranked
inner join subjects
    on ranked.unit = subjects.unit and ranked.subject_id = subjects.subject_id
-- left: never visited by a kind that counts; nothing raises the score
left join counted on ranked.unit = counted.unit and ranked.subject_id = counted.subject_id
left join reasons on ranked.unit = reasons.unit and ranked.subject_id = reasons.subject_id
-- nobody can be sent to a subject without a name, or whose name may not be shown (decision 0040)
where subjects.name is not null
order by ranked.unit, ranked.subject_id
