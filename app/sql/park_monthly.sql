-- One park's visits and hazards by month since $since.
with visits as (
    select
        date_trunc('month', inspected_on)::date as month,
        count(*) as count_inspections,
        count(*) filter (where is_bad) as count_bad
    from marts.fct_inspections
    where park_id = $park and inspected_on > $since and inspected_on <= $until
    group by all
),

hazards as (
    select
        date_trunc('month', found_on)::date as month,
        count(*) as count_hazards,
        count(*) filter (where level in ('较大', '重大')) as count_serious_hazards
    from marts.fct_hazards
    where park_id = $park and found_on > $since and found_on <= $until
    group by all
)

select
    month,
    coalesce(visits.count_inspections, 0) as count_inspections,
    coalesce(visits.count_bad, 0) as count_bad,
    coalesce(hazards.count_hazards, 0) as count_hazards,
    coalesce(hazards.count_serious_hazards, 0) as count_serious_hazards
from visits
full join hazards using (month)
order by month
