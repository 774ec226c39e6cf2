-- The first day a case was filed or decided in the whole workspace (null = no cases).
select 'cases' as events, min(least(filed_on, decided_on)) as first_on from marts.fct_cases
