-- Cases decided in a period by cause, kind of cause and town ('?' = not stated; money in fen).
with cases as (
    select
        coalesce(cause, '?') as cause,
        coalesce(cause_kind, '?') as cause_kind,
        coalesce(town, '?') as town,
        is_double_penalty,
        total_fine_fen
    from marts.fct_cases
    where
        decided_on >= $start and decided_on < $end
        and ($town is null or town = $town)
)

select
    case
        when grouping(cause) = 0 then 'cause'
        when grouping(cause_kind) = 0 then 'cause_kind'
        else 'town'
    end as dimension,
    coalesce(cause, cause_kind, town) as code,
    count(*) as count_cases,
    count(*) filter (where is_double_penalty) as count_double,
    coalesce(sum(total_fine_fen), 0)::bigint as total_fine_fen
from cases
group by grouping sets ((cause), (cause_kind), (town))
order by dimension, count_cases desc, code
