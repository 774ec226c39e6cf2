-- The first day of each kind of event in the whole workspace (null = no rows).
select 'inspections' as events, min(inspected_on) as first_on from marts.fct_inspections
union all
select 'hazards' as events, min(found_on) as first_on from marts.fct_hazards
order by events
