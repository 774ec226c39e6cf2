-- Words the code lists do not know, the most frequent first.
select *
from marts.fct_unknown_codes
order by count_rows desc, export, column_name, word
