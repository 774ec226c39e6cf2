-- Which kinds of data does this workspace have?
select
    exists (from marts.rpt_park_ranking) as ranking,
    exists (from marts.dim_enterprises) as enterprises,
    exists (from marts.fct_leases) as leases,
    exists (from marts.fct_inspections) as inspections,
    exists (from marts.fct_hazards) as hazards,
    exists (from marts.fct_cases) as cases,
    exists (from marts.fct_accidents) as accidents,
    exists (from marts.dim_devices) as devices,
    exists (from marts.fct_alarm_episodes) as episodes,
    exists (from marts.fct_alarms) as alarms,
    exists (from marts.fct_readings) as readings,
    exists (from marts.fct_inspections where score is not null) as scored_visits
