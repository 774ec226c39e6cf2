-- Questions on who is who, the ones that would move most first.
select *
from marts.fct_review_items
order by count_rows_moving desc, similarity desc nulls last, item_key
