-- The first day of an alarm in the whole workspace (null = no alarms).
select 'alarms' as events, min(started_on) as first_on from marts.fct_alarms
