-- How many enterprises in force at a period's end have each special risk (one row).
select
    count(*) as count_enterprises,
    count(*) filter (where has_dust) as has_dust,
    count(*) filter (where has_confined_space) as has_confined_space,
    count(*) filter (where has_ammonia) as has_ammonia,
    count(*) filter (where uses_hazchem) as uses_hazchem,
    count(*) filter (where is_key_unit) as is_key_unit
from marts.dim_enterprises
where
    not is_provisional
    and coalesce(registered_on < $end, true)
    and coalesce(closed_on >= $end, coalesce(production_status, '') <> '关闭')
    and ($town is null or town = $town)
