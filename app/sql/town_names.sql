-- Every town that any register or event names.
select town from marts.dim_parks where town is not null
union
select town from marts.fct_inspections where town is not null
union
select town from marts.fct_hazards where town is not null
union
select town from marts.dim_enterprises where town is not null
union
select town from marts.dim_devices where town is not null
order by town
