-- Questions on who is who: proposals, links, conflicts; those that would move most first.
select *
from marts.fct_review_items
order by
    case item_kind when 'similar' then 1 when 'district_link' then 2 else 3 end,
    count_rows_moving desc, similarity desc nulls last, item_key
