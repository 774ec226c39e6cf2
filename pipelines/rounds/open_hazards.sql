-- Hazards not closed at the data date, each with the one subject a visit would go to.
select
    case when enterprise_id is null then 'park' else 'enterprise' end as unit,
    coalesce(enterprise_id, park_id) as subject_id,
    hazard_id, hazard_code, level, found_on, deadline_on, rectified_on, is_rectified, is_overdue
from marts.fct_hazards
where
    not is_closed
    and found_on <= $as_of_on
order by hazard_id
