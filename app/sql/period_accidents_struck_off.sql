-- Accidents of a period that are not counted (one row).
select count(*) as count_accidents
from marts.fct_accidents
where
    not is_counted
    and occurred_on >= $start and occurred_on < $end
    and ($town is null or town = $town)
