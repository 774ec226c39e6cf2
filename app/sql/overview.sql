-- The key figures at the data date (one row).
select
    overview.*,
    publish.workspace_name
from marts.rpt_overview as overview
cross join meta.publish as publish
