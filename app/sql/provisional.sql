-- How many subjects are in no register.
select
    (select count(*) from marts.dim_parks where is_provisional) as parks,
    (select count(*) from marts.dim_enterprises where is_provisional) as enterprises
