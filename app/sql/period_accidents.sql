-- Counted accidents of a period (one row; money in fen). Unknown numbers are counted apart.
select
    count(*) as count_accidents,
    coalesce(sum(deaths), 0)::bigint as count_deaths,
    coalesce(sum(count_injured), 0)::bigint as count_injured,
    coalesce(sum(direct_loss_fen), 0)::bigint as direct_loss_fen,
    count(*) filter (where grade in ('较大', '重大', '特别重大')) as count_serious,
    count(*) filter (where grade is null) as count_no_grade,
    count(*) filter (where deaths is null) as count_deaths_unknown,
    count(*) filter (where count_injured is null) as count_injured_unknown,
    count(*) filter (where direct_loss_fen is null) as count_loss_unknown
from marts.fct_accidents
where
    is_counted
    and occurred_on >= $start and occurred_on < $end
    and ($town is null or town = $town)
