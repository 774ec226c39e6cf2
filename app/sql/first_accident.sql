-- The first day of an accident in the whole workspace (null = no accidents).
select 'accidents' as events, min(occurred_on) as first_on from marts.fct_accidents
