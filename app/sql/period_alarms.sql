-- Alarms that the vendors' systems reported in a period, by level and what they proved to be.
select
    coalesce(level, '?') as level,
    count(*) as count_alarms,
    count(*) filter (where verified = '真警') as count_true,
    count(*) filter (where verified = '误报') as count_false,
    count(*) filter (where verified = '测试') as count_test,
    count(*) filter (where verified is null or verified = '未核实') as count_unverified
from marts.fct_alarms
where
    started_on >= $start and started_on < $end
    and ($town is null or town = $town)
group by all
order by count_alarms desc, level
