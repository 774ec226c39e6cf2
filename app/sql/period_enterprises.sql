-- Enterprises in force at a period's end by town, industry and scale ('?' = not stated).
with enterprises as (
    select
        coalesce(town, '?') as town,
        coalesce(industry_name, '?') as industry,
        coalesce(scale, '?') as scale
    from marts.dim_enterprises
    where
        not is_provisional
        and coalesce(registered_on < $end, true)
        and coalesce(closed_on >= $end, coalesce(production_status, '') <> '关闭')
        and ($town is null or town = $town)
)

select
    case
        when grouping(town) = 0 then 'town'
        when grouping(industry) = 0 then 'industry'
        else 'scale'
    end as dimension,
    coalesce(town, industry, scale) as code,
    count(*) as count_enterprises
from enterprises
group by grouping sets ((town), (industry), (scale))
order by dimension, count_enterprises desc, code
