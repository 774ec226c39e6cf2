-- The name of one park.
select park_name
from marts.dim_parks
where park_id = $park
