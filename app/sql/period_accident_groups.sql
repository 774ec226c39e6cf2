-- Counted accidents of a period by grade, type and town ('?' = not known; money in fen).
-- A sum is null when every number of the group is unknown.
with accidents as (
    select
        coalesce(grade, '?') as grade,
        coalesce(accident_type, '?') as accident_type,
        coalesce(town, '?') as town,
        deaths,
        count_injured,
        direct_loss_fen
    from marts.fct_accidents
    where
        is_counted
        and occurred_on >= $start and occurred_on < $end
        and ($town is null or town = $town)
)

select
    case
        when grouping(grade) = 0 then 'grade'
        when grouping(accident_type) = 0 then 'accident_type'
        else 'town'
    end as dimension,
    coalesce(grade, accident_type, town) as code,
    count(*) as count_accidents,
    sum(deaths)::bigint as count_deaths,
    sum(count_injured)::bigint as count_injured,
    sum(direct_loss_fen)::bigint as direct_loss_fen
from accidents
group by grouping sets ((grade), (accident_type), (town))
order by
    dimension,
    -- grades from the worst to the least, whatever their numbers
    coalesce(list_position(['特别重大', '重大', '较大', '一般'], grade), 9),
    count_accidents desc,
    code
