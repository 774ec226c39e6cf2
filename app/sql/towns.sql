-- Each town: its parks, the last 12 months' visits, hazards, cases and accidents, what is open.
with parks as (
    select town, count(*) as count_parks
    from marts.dim_parks
    where
        not is_provisional
        and coalesce(delisted_on > $until, true)
        and coalesce(park_status, '') <> '退出'
    group by town
),

visits as (
    select town, count(*) as visits_12m
    from marts.fct_inspections
    where inspected_on > $since and inspected_on <= $until
    group by town
),

hazards as (
    select
        town,
        count(*) filter (where found_on > $since and found_on <= $until) as hazards_12m,
        count(*) filter (
            where found_on > $since and found_on <= $until and level in ('较大', '重大')
        ) as hazards_serious_12m,
        count(*) filter (where not is_rectified) as hazards_open,
        count(*) filter (where is_overdue) as hazards_overdue
    from marts.fct_hazards
    where found_on <= $until
    group by town
),

cases as (
    select town, count(*) as cases_12m
    from marts.fct_cases
    where decided_on > $since and decided_on <= $until
    group by town
),

accidents as (
    select town, count(*) as accidents_12m
    from marts.fct_accidents
    where is_counted and occurred_on > $since and occurred_on <= $until
    group by town
),

names as (
    select town from parks
    union
    select town from visits
    union
    select town from hazards
    union
    select town from cases
    union
    select town from accidents
)

select
    names.town,
    coalesce(parks.count_parks, 0) as count_parks,
    coalesce(visits.visits_12m, 0) as visits_12m,
    coalesce(hazards.hazards_12m, 0) as hazards_12m,
    coalesce(hazards.hazards_serious_12m, 0) as hazards_serious_12m,
    coalesce(hazards.hazards_open, 0) as hazards_open,
    coalesce(hazards.hazards_overdue, 0) as hazards_overdue,
    coalesce(cases.cases_12m, 0) as cases_12m,
    coalesce(accidents.accidents_12m, 0) as accidents_12m
from names
-- a town may lack parks, visits or hazards, and rows may lack a town
left join parks on names.town is not distinct from parks.town
left join visits on names.town is not distinct from visits.town
left join hazards on names.town is not distinct from hazards.town
left join cases on names.town is not distinct from cases.town
left join accidents on names.town is not distinct from accidents.town
order by
    coalesce(hazards.hazards_serious_12m, 0) desc,
    coalesce(visits.visits_12m, 0) desc,
    coalesce(parks.count_parks, 0) desc,
    names.town
